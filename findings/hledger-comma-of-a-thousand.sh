#!/usr/bin/env bash
# One would guess that 1,000 USD is the same money to two programs that read the same journals. To ledger it is a thousand dollars.
# hledger takes the only mark of a number for the decimal one, so it is one dollar with three decimals, and shows that as 1,000 USD, so
# nobody sees it. As soon as there is an amount like 1,000.50 in the same journal, the sum shows what was counted: 5,250 and 1,000.50
# are 1,005.750. Its manual says so where it describes numbers. What helps: a line `decimal-mark .` at the top of the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 ledger=3.3.0-3 libboost-python1.74.0=1.74.0+ds1-21 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

sale() { printf '2026-11-01 Sale\n    assets:shop  %s\n    income:sales\n\n' "$1"; }
sale '1,000 USD' > whole.journal
{ sale '5,250 USD'; sale '1,000.50 USD'; } > both.journal
for name in whole both; do
  { echo 'decimal-mark .'; cat $name.journal; } > marked-$name.journal
  echo "$name: hledger $(usr/bin/hledger --file $name.journal balance assets --no-total | xargs), as JSON \
$(usr/bin/hledger --file $name.journal balance assets --no-total --output-format json | sed -n 's/.*"floatingPoint": *\([0-9.]*\).*/\1/p' | head -n 1), \
ledger $(usr/bin/ledger --file $name.journal balance assets | head -n 1 | xargs), \
marked $(usr/bin/hledger --file marked-$name.journal balance assets --no-total | xargs)"
done > seen
usr/bin/hledger --version
usr/bin/ledger --version | head -n 1
cat seen
[ "$(cat seen)" = 'whole: hledger 1,000 USD assets:shop, as JSON 1, ledger 1,000 USD assets:shop, marked 1,000 USD assets:shop
both: hledger 1,005.750 USD assets:shop, as JSON 1005.75, ledger 6,250.50 USD assets:shop, marked 6,250.50 USD assets:shop' ]
