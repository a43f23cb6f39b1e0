#!/usr/bin/env bash
# One would guess that a report from the 15th on has nothing of the 14th. hledger keeps to that until the report is by month, quarter or
# year. Then it begins with the month of the 15th, and ends with the month of the last day: a sale of November 2 is in it, and with
# `--yearly` all of the year. The title says so, but a CSV file has no title. ledger, which reads the same file, has the same periods
# with nothing outside of the days that were asked for. What helps: two steps, `hledger print --begin …`, and the report of what that
# prints.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 ledger=3.3.0-3 libboost-python1.74.0=1.74.0+ds1-21 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

for sale in '10-20 5' '11-02 7' '11-20 11' '12-03 13'; do
  printf '2026-%s Sale\n    assets:shop  %s USD\n    income:sales\n\n' "${sale% *}" "${sale#* }"
done > sales.journal
hledger() { usr/bin/hledger "$@" --output-format csv --no-total | tr -d '"' | paste -sd ' '; }
seen="from the 15th: $(hledger --file sales.journal balance assets --begin 2026-11-15)
by month: $(hledger --file sales.journal balance assets --begin 2026-11-15 --monthly)
by year: $(hledger --file sales.journal balance assets --begin 2026-11-15 --yearly)
ledger, by month: $(usr/bin/ledger --file sales.journal register assets --begin 2026-11-15 --monthly --format '%(format_date(date, "%Y-%m")) %t ' | xargs)
ledger, by year: $(usr/bin/ledger --file sales.journal register assets --begin 2026-11-15 --yearly --format '%(format_date(date, "%Y")) %t ' | xargs)
in two steps: $(usr/bin/hledger --file sales.journal print --begin 2026-11-15 | hledger --file - balance assets --monthly)"
usr/bin/hledger --version
usr/bin/ledger --version | head -n 1
echo "$seen"
[ "$seen" = 'from the 15th: account,balance assets:shop,24 USD
by month: account,2026-11,2026-12 assets:shop,18 USD,13 USD
by year: account,2026 assets:shop,36 USD
ledger, by month: 2026-11 11 USD 2026-12 13 USD
ledger, by year: 2026 24 USD
in two steps: account,2026-11,2026-12 assets:shop,11 USD,13 USD' ]
