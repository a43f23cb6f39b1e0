#!/usr/bin/env bash
# One would guess that a report by weeks has the same weeks in hledger and in ledger, which share their files and most options. To
# hledger a week begins on Monday, to ledger on Sunday: the sales of a Sunday are in the week before to one, and in the one after to
# the other. The sums of a year are the same, so nothing looks wrong until one compares two weeks. What helps: `--start-of-week=1` for
# ledger.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

for sale in '2026-11-07 10' '2026-11-08 100' '2026-11-09 10'; do # Saturday, Sunday, Monday
  printf '%s Sale\n    Assets:Shop  %s.00 USD\n    Income:Sales\n\n' $sale
done > sales.journal
weeks() { "$@" register --weekly Assets | tr -s ' ' | cut -d ' ' -f "$columns" | paste -sd ',' | sed 's/,/, /g'; }
seen=$(
  columns=1,3-4 weeks usr/bin/hledger --file sales.journal
  for options in '' --start-of-week=1; do columns=1-3,5-6 weeks ledger --init-file /dev/null --file sales.journal $options; done
)
usr/bin/hledger --version
ledger --version | head -n 1
echo "$seen"
[ "$seen" = '2026-11-02W45 110.00 USD, 2026-11-09W46 10.00 USD
26-Nov-01 - 26-Nov-07 10.00 USD, 26-Nov-08 - 26-Nov-14 110.00 USD
26-Nov-02 - 26-Nov-08 110.00 USD, 26-Nov-09 - 26-Nov-15 10.00 USD' ]
