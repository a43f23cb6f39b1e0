#!/usr/bin/env bash
# One would guess that the period `2026-11-01 to 2026-12-01` is November, as it is to hledger. To ledger, it is everything before December: `to`
# sets the end, and the day in front of it, without `from`, is forgotten. So a report of one month has the sales of all earlier ones in it,
# and nothing says so. With a hyphen in place of `to`, the end is forgotten, and the report goes on to the last sale. What helps: `from` in
# front, which both understand, or `-b` and `-e`. Nickel's journal is for both programs, and has all sales in it, so its users meet this.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

for sale in '2026-10-31 1' '2026-11-10 2' '2026-11-30 4' '2026-12-01 8'; do
  printf '%s sale\n    assets:shop  $%s\n    income:sales\n' "${sale% *}" "${sale#* }"
done > sales.journal
seen=$(for period in '2026-11-01 to 2026-12-01' 'nov to dec' 'monthly 2026-11-01 to 2026-12-01' '2026-11-01 - 2026-12-01' 'from 2026-11-01 to 2026-12-01'; do
  ours=$(usr/bin/hledger --file sales.journal --today 2026-12-31 balance --no-total --period "$period" assets | tail -n 1 | grep -o '[$0-9]*[0-9]' | tail -n 1)
  theirs=$(ledger --file sales.journal --now 2026-12-31 balance --no-total --period "$period" assets | xargs)
  echo "$period: hledger $ours, ledger ${theirs% *}"
done)
usr/bin/hledger --version
ledger --version | head -n 1
echo "$seen"
[ "$seen" = '2026-11-01 to 2026-12-01: hledger $6, ledger $7
nov to dec: hledger $6, ledger $7
monthly 2026-11-01 to 2026-12-01: hledger $6, ledger $7
2026-11-01 - 2026-12-01: hledger $6, ledger $14
from 2026-11-01 to 2026-12-01: hledger $6, ledger $6' ]
