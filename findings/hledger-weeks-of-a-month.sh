#!/usr/bin/env bash
# One would guess that a report of November by weeks has the sales of November. hledger extends the dates that one asks for to whole weeks, so
# the sales of the last days of October and the first of December are in it, and in its total. By quarters, a report of November is one
# of October to December. Of whole months, a report by months is right, and so is ledger's report by weeks. So two reports of one month have two totals, and the
# reports of all months add up to more than that of the year. What helps: to select first, `hledger print date:2026-11 |
# hledger --file - balance --weekly`. Nickel's journal has all sales in it, so its users meet this.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

for sale in '2026-09-30 16' '2026-10-31 1' '2026-11-10 2' '2026-11-30 4' '2026-12-01 8'; do
  printf '%s sale\n    assets:shop  $%s\n    income:sales\n' "${sale% *}" "${sale#* }"
done > sales.journal
total() { usr/bin/hledger --file "$1" balance --row-total --output-format csv "${@:2}" assets | tail -n 1 | tr -d '"' | grep -o '[^,]*$'; }
usr/bin/hledger --file sales.journal print date:2026-11 > november.journal
seen=$(for interval in monthly weekly quarterly; do
  by_ledger=$(ledger --file sales.journal --begin 2026-11-01 --end 2026-12-01 --$interval register assets | tail -n 1 | grep -o '[^ ]*$')
  echo "November, $interval: $(total sales.journal --period 2026-11 --$interval), selected first $(total november.journal --$interval), ledger $by_ledger"
done)
usr/bin/hledger --version
ledger --version | head -n 1
echo "$seen"
[ "$seen" = 'November, monthly: $6, selected first $6, ledger $6
November, weekly: $15, selected first $6, ledger $6
November, quarterly: $15, selected first $6, ledger $6' ]
