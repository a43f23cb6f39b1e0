#!/usr/bin/env bash
# One would guess that `= 0.75 USD` behind a posting, which hledger has from ledger, means the same to both. ledger compares it with the
# balance of what is above it in the file, hledger with the balance in the order of days. So a journal made of a bank's list with a
# balance in each line, newest first, passes in hledger and fails in ledger, and one that passes in ledger because each balance is that
# of the lines above fails in hledger. If the file is in the order of days, both agree. What helps: to sort it by day when it
# is written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

sale() { printf '%s Sale\n    assets:shop  %s USD = %s USD\n    income:sales\n\n' "$@"; }
check() { # what, a journal
  echo "$2" > sales.journal
  usr/bin/hledger --file sales.journal balance > /dev/null 2>&1 && hledger=passes || hledger=fails
  ledger --args-only --init-file /dev/null --file sales.journal balance > /dev/null 2>&1 && ledger=passes || ledger=fails
  echo "$1: hledger $hledger, ledger $ledger"
}
first=$(sale 2026-11-01 0.25 0.25)
second=$(sale 2026-11-02 0.50 0.75)
seen=$(check 'oldest first' "$first

$second"
  check 'newest first' "$second

$first"
  check 'newest first, balances of the lines above' "$(sale 2026-11-02 0.50 0.50)

$(sale 2026-11-01 0.25 0.75)")
usr/bin/hledger --version
ledger --version | sed -n 1p
echo "$seen"
[ "$seen" = 'oldest first: hledger passes, ledger passes
newest first: hledger passes, ledger fails
newest first, balances of the lines above: hledger fails, ledger passes' ]
