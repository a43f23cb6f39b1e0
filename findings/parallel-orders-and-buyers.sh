#!/usr/bin/env bash
# One would guess that a list of orders and a list of addresses that lacks one are an error, or that the last order is left
# out. GNU Parallel has two ways to go through lists side by side. With `--link`, the shorter list begins again: the third
# order is sent to the first buyer. With `:::+` and `::::+` the longer list is cut: the third order is sent to nobody. Both end
# with 0 and without a word. What helps: one list with two columns and `--colsep`, or to compare the numbers of lines first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq parallel=20221122+ds-2 2> /dev/null
dpkg -x parallel_*.deb .
export PARALLEL_HOME=$folder/settings TZ=UTC LC_ALL=C
mkdir settings
touch settings/will-cite
parallel() { perl usr/bin/parallel --keep-order "$@"; }

printf '%s\n' order-1 order-2 order-3 > orders
printf '%s\n' ada@example.org ben@example.org > buyers
paste orders buyers > both
# sent OPTION…: what would be sent to whom
sent() { parallel "$@" | paste -sd ,; }
perl usr/bin/parallel --version | head -n 1
{
  echo "--link :::: orders :::: buyers: $(sent --link echo :::: orders :::: buyers)"
  echo "--link :::: orders buyers: $(sent --link echo :::: orders buyers)"
  echo ":::: orders ::::+ buyers: $(sent echo :::: orders ::::+ buyers)"
  echo "--colsep: $(sent --colsep '\t' echo '{1} {2}' :::: both)"
} | tee seen
[ "$(cat seen)" = '--link :::: orders :::: buyers: order-1 ada@example.org,order-2 ben@example.org,order-3 ada@example.org
--link :::: orders buyers: order-1 ada@example.org,order-2 ben@example.org,order-3 ada@example.org
:::: orders ::::+ buyers: order-1 ada@example.org,order-2 ben@example.org
--colsep: order-1 ada@example.org,order-2 ben@example.org,order-3 ' ]
