#!/usr/bin/env bash
# One would guess that hledger and ledger, which share a format, read the same amount in `USD 1,000`. ledger reads a thousand
# dollars; hledger takes a single mark for the decimal one, reads one dollar with three decimals, and prints it as it was written. So
# the two reports look the same until something is added: with one dollar more, ledger has USD 1,001, hledger USD 2,000. What
# helps: `decimal-mark .`, which hledger heeds and ledger skips; or always to write the decimals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

balances() { # of sales
  printf '2026-11-01 Sale\n    Assets:Shop  USD %s\n    Income:Sales\n\n' "${@:2}" > sales.journal
  echo "hledger$1: $({ [ -z "$1" ] || echo 'decimal-mark .'; cat sales.journal; } | usr/bin/hledger --file - balance --no-total assets | xargs)"
  echo "ledger$1: $({ [ -z "$1" ] || echo 'decimal-mark .'; cat sales.journal; } | ledger --init-file /dev/null --file - balance --no-total assets | xargs)"
}
seen=$(echo 'USD 1,000'; balances '' 1,000; echo 'USD 1,000 and USD 1'; balances '' 1,000 1; balances ' told the mark' 1,000 1)
usr/bin/hledger --version
ledger --version | head -n 1
echo "$seen"
[ "$seen" = 'USD 1,000
hledger: USD 1,000 Assets:Shop
ledger: USD 1,000 Assets:Shop
USD 1,000 and USD 1
hledger: USD 2,000 Assets:Shop
ledger: USD 1,001 Assets:Shop
hledger told the mark: USD 1,001 Assets:Shop
ledger told the mark: USD 1,001 Assets:Shop' ]
