#!/usr/bin/env bash
# One would guess that GNU datamash, which adds with the precision of a long double, prints what it has added. It prints 14
# digits, rounded, and an exponent where there are more before the point: of a sum in kin with five decimals, the last one is
# gone from a billion on, and the sum of a column of whole quarks ends in e+14, which a spreadsheet rounds once more. `first`
# prints what was in the file, and `max` of the same column doesn't. `--help` has no word on it. What helps: `--format %.5f` or
# `--round 5`, with as many decimals as the currency has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq datamash=1.7-2 2> /dev/null
dpkg -x datamash_*.deb .

printf '%s\n' 1234567890.12345 0.00001 > kin
printf '%s\n' 123456789012345 1 > quarks
usr/bin/datamash --version | head -n 1
{
  echo "kin: $(usr/bin/datamash sum 1 < kin)"
  echo "quarks: $(usr/bin/datamash sum 1 max 1 first 1 < quarks)"
  echo "with --round: $(usr/bin/datamash --round 5 sum 1 < kin)"
  echo "with --format: $(usr/bin/datamash --format %.5f sum 1 < kin) and $(usr/bin/datamash --format %.0f sum 1 < quarks)"
} | tr '\t' ' ' | tee seen
[ "$(cat seen)" = 'kin: 1234567890.1235
quarks: 1.2345678901235e+14 1.2345678901234e+14 123456789012345
with --round: 1234567890.12346
with --format: 1234567890.12346 and 123456789012346' ]
