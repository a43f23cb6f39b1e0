#!/usr/bin/env bash
# One would guess that a rule which adds a tax to each sale means the same to ledger and hledger, which share its form. `0.19` in a
# rule is a factor to ledger: sales of 105 dollars get a tax of 19.95. To hledger, with --auto, it is an amount without a currency:
# each sale gets 0.19 of nothing, however large it is, and there is no error. Without --auto, hledger skips the rules, and there is no
# tax. A factor for hledger has an asterisk, `*0.19`, which ledger refuses. So no file with such a rule has the right tax in both.
# What helps: the rules in a file of their own, one for each program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own

balances() { # FACTOR
  {
    printf '= ^Income:Sales\n    (Liabilities:Tax)  %s\n\n' "$1"
    printf '2026-11-0%s Sale\n    Assets:Shop   %s USD\n    Income:Sales  -%s USD\n\n' 1 5.00 5.00 2 100.00 100.00
  } > sales.journal
  local tax
  for options in '' --auto; do
    echo "hledger${options:+ }$options, $1: $(usr/bin/hledger --file sales.journal balance $options --no-total tax | xargs)"
  done
  tax=$(ledger --init-file /dev/null --file sales.journal balance --no-total Tax 2>&1 | grep -v '^While\|^>' | xargs) || true
  echo "ledger, $1: $tax"
}
seen=$(balances 0.19; balances '*0.19')
usr/bin/hledger --version
ledger --version | head -n 1
echo "$seen"
[ "$seen" = 'hledger, 0.19: 
hledger --auto, 0.19: 0.38 Liabilities:Tax
ledger, 0.19: -19.95 USD Liabilities:Tax
hledger, *0.19: 
hledger --auto, *0.19: -19.95 USD Liabilities:Tax
ledger, *0.19: (Liabilities:Tax) *0.19 ^^^^^ Error: No quantity specified for amount' ]
