#!/usr/bin/env bash
# One would guess that a tool which adds the numbers of a file reads what the other tools of a system write. A rate of kin,
# 0.00000893, is 8.93e-06 to awk, SQLite and Python once they have computed with it. numsum reads a number up to its e, so the rate is
# 8.93, a million times as much, and 1,234.50 is 1. numbound, which looks for the largest, does the same. Of a field that begins with
# a sign, such as $5.25, nothing is read. No message says that anything was left out, and the exit code is 0. What helps: datamash,
# which reads the exponent and refuses the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq num-utils=0.5-15 datamash=1.7-2 mawk=1.3.4.20200120-3.1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

for package in *.deb; do echo "$(dpkg-deb -f "$package" Package) $(dpkg-deb -f "$package" Version)"; done
add() { # numbers
  local sum
  sum=$(printf '%s\n' "$@" | usr/bin/datamash sum 1 2> /dev/null) || sum='an error'
  echo "$*: numsum $(printf '%s\n' "$@" | usr/bin/numsum), numbound $(printf '%s\n' "$@" | usr/bin/numbound), datamash $sum"
}
{
  add 0.00000893 1.5
  add "$(usr/bin/mawk 'BEGIN { print 0.00000893 * 1 }')" 1.5
  add 1,234.50 1.5
  add '$5.25' 1.5
} | tee seen
[ "$(cat seen)" = '0.00000893 1.5: numsum 1.50000893, numbound 1.5, datamash 1.50000893
8.93e-06 1.5: numsum 10.43, numbound 8.93, datamash 1.50000893
1,234.50 1.5: numsum 2.5, numbound 1.5, datamash an error
$5.25 1.5: numsum 1.5, numbound 1.5, datamash an error' ]
