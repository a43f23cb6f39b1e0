#!/usr/bin/env bash
# One would guess that a tool which writes numbers with two decimals rounds to the nearest ones. numfmt of the coreutils rounds away
# from zero, whatever is cut off: 5.251 becomes 5.26, a hundredth of a cent makes a cent, and refunds become higher as well. 1,001
# bytes are 1.1K, and both 1,901 and 1,999 cents are 20 dollars, since the result has no decimals if the input has none. `printf %.2f`
# rounds to the nearest. `--help` names "from-zero (default)" among five methods, as methods "for rounding when scaling". What helps:
# `--round=nearest`, and a format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq coreutils=9.1-1 2> /dev/null
dpkg -x coreutils_*.deb .

usr/bin/numfmt --version | head -n 1
try() { # numfmt's arguments
  echo "numfmt $*: $(usr/bin/numfmt "$@" | paste -sd ' '), to the nearest $(usr/bin/numfmt --round=nearest "$@" | paste -sd ' ')"
}
{
  try --format=%.2f -- 5.251 5.2501 -5.251
  echo "printf %.2f: $(printf '%.2f ' 5.251 5.2501 -5.251 | xargs)"
  try --to=si 1001
  try --to-unit=100 1999 1901
  try --to-unit=100 --format=%.2f 1999 1901
} | tee seen
[ "$(cat seen)" = 'numfmt --format=%.2f -- 5.251 5.2501 -5.251: 5.26 5.26 -5.26, to the nearest 5.25 5.25 -5.25
printf %.2f: 5.25 5.25 -5.25
numfmt --to=si 1001: 1.1K, to the nearest 1.0K
numfmt --to-unit=100 1999 1901: 20 20, to the nearest 20 19
numfmt --to-unit=100 --format=%.2f 1999 1901: 19.99 19.01, to the nearest 19.99 19.01' ]
