#!/usr/bin/env bash
# One would guess that joining two tables gives a row for each pair, as in SQL and with `join`. csvtool gives one row for each key,
# and where a buyer has two orders, the cell says !MULTIPLE VALUES, as if it were data: both amounts are gone, and a program that adds
# the column finds a text there. The headings are a row like the others, and rows are sorted by key, so they come out somewhere in the
# middle. A buyer in only one of the files is listed as well. The exit code is 0. The help has an example with one row for each key,
# and no word on a second one. What helps: `join` on sorted files, csvjoin or Miller.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq csvtool=2.4-1+b2 2> /dev/null
dpkg -x csvtool_*.deb .

printf 'buyer,name\nb1,Ada\nz2,Bob\n' > buyers.csv
printf 'buyer,amount\nb1,5.25\nb1,7.50\nc3,6.00\n' > orders.csv
echo "csvtool $(dpkg-deb -f csvtool_*.deb Version)"
echo "$(usr/bin/csvtool join 1 2 buyers.csv orders.csv)" | tee seen
[ "$(cat seen)" = 'b1,Ada,!MULTIPLE VALUES
buyer,name,amount
c3,,6.00
z2,Bob,' ]
