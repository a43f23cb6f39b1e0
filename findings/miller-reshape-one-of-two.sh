#!/usr/bin/env bash
# One would guess that a table of products and months, made of a list of sales, has each sale in it, or at least says what it left out. For
# "long to wide", Miller's reshape keeps the last one: of three sales of tea in November, two are gone, and so is their money. A
# product that wasn't sold in a month has no column for it, so its line gets a header of its own, in the middle of the file. With the same
# data, a pivot table of a spreadsheet adds up. What helps: `stats1 -a sum -f amount -g product,month` before, and `unsparsify` behind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller=6.6.0-2+b3 2> /dev/null
dpkg -x miller_*.deb .

printf '%s\n' product,month,amount tea,Nov,5 tea,Nov,6 tea,Nov,7 tea,Dec,8 cake,Dec,9 > sales.csv
mlr() { usr/bin/mlr --icsv --ocsv "$@" sales.csv | tr '\n' '/'; }
seen="reshape: $(mlr reshape -s month,amount)
summed first: $(mlr stats1 -a sum -f amount -g product,month then reshape -s month,amount_sum then unsparsify)"
usr/bin/mlr --version
echo "$seen"
[ "$seen" = 'reshape: product,Nov,Dec/tea,7,8//product,Dec/cake,9/
summed first: product,Nov,Dec/tea,18,8/cake,,9/' ]
