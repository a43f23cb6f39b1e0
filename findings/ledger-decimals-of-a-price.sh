#!/usr/bin/env bash
# One would guess that a report in dollars has cents. ledger learns the decimals of a currency from the amounts of postings, and not from
# prices, however many decimals these have. So where a journal's own amounts are kin, and dollars occur in prices only, a value is
# rounded to whole dollars: a quarter of a dollar isn't listed at all, two and a half are 3. A single `5 USD` elsewhere teaches it just
# as little, and the rounded parts are what one sees below a rounded sum. hledger takes the decimals of the price, eight of them. What
# helps both: a `commodity USD` with a `format`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

tips() { # of so many kin, after what precedes them
  printf '%bP 2026-11-01 KIN 0.00000893 USD\n2026-11-01 Tips\n    assets:kin  %s KIN\n    income:tips\n' "$2" "$1" > tips.journal
  local asked=(balance assets:kin --exchange USD --no-total)
  echo "$1 KIN$3: ledger $(ledger --init-file /dev/null --file tips.journal "${asked[@]}" | xargs | sed 's/^$/nothing/'), \
hledger $(usr/bin/hledger --file tips.journal "${asked[@]}" | xargs)"
}
seen=$(
  for kin in 28000 280000; do
    tips "$kin" '' ''
    tips "$kin" '2026-11-01 Sale\n    assets:shop  5 USD\n    income:sales\n\n' ', after 5 USD'
    tips "$kin" 'commodity USD\n    format 1000.00 USD\n\n' ', with a format'
  done
)
ledger --version | head -n 1
usr/bin/hledger --version
echo "$seen"
[ "$seen" = '28000 KIN: ledger nothing, hledger 0.25004000 USD assets:kin
28000 KIN, after 5 USD: ledger nothing, hledger 0.25004000 USD assets:kin
28000 KIN, with a format: ledger 0.25 USD assets:kin, hledger 0.25 USD assets:kin
280000 KIN: ledger USD3 assets:kin, hledger 2.50040000 USD assets:kin
280000 KIN, after 5 USD: ledger 3 USD assets:kin, hledger 2.50040000 USD assets:kin
280000 KIN, with a format: ledger 2.50 USD assets:kin, hledger 2.50 USD assets:kin' ]
