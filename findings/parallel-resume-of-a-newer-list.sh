#!/usr/bin/env bash
# One would guess that `parallel --resume` goes on with the orders that its log doesn't have. The log has each of their
# commands, but what is compared is a number: as many are skipped as were done. If the list was made anew and begins with the
# newest order, as most lists of orders do, the new one is skipped, an old one is sent a second time, and the exit code is 0.
# The manual says that the sources mustn't change; nothing checks it. `--results` with a folder compares the orders themselves.
# What helps: that, or the same file until all of it is done.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq parallel=20221122+ds-2 2> /dev/null
dpkg -x parallel_*.deb .
export PARALLEL_HOME=$folder/settings TZ=UTC LC_ALL=C
mkdir settings
touch settings/will-cite
# send OPTION…: sends the orders that are left to do, and says which
send() {
  : > sent
  perl usr/bin/parallel --jobs 1 --resume "$@" 'echo {} >> sent' :::: orders
  echo "exit code $?, sent $(paste -sd ' ' sent)"
}

perl usr/bin/parallel --version | head -n 1
for option in --joblog --results; do
  printf '%s\n' order-12 order-11 > orders
  echo "$option, before: $(send "$option" "kept$option")"
  printf '%s\n' order-13 order-12 order-11 > orders
  echo "$option, with a newer order in front: $(send "$option" "kept$option")"
done | tee seen
[ "$(cat seen)" = '--joblog, before: exit code 0, sent order-12 order-11
--joblog, with a newer order in front: exit code 0, sent order-11
--results, before: exit code 0, sent order-12 order-11
--results, with a newer order in front: exit code 0, sent order-13' ]
