#!/usr/bin/env bash
# One would guess that a journal means the same wherever it is included: `5.25 USD` is five dollars and a quarter. In hledger, a
# `commodity 1.000,00 USD` of the including file also says which mark is the decimal one in the files that it includes. So the point
# of another program's export, which is right on its own, becomes a separator of thousands, and the 5.25 are 525. Nothing is
# reported. ledger, which reads the same files, refuses them in that case. What helps: a line `decimal-mark .` in the included file,
# which ledger skips.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .

printf '2026-11-01 Sale\n    assets:shop  5.25 USD\n    income:sales\n' > sales.journal
{ echo 'decimal-mark .'; cat sales.journal; } > marked.journal
balance() { # of a journal with a first line that includes a file
  printf '%s\ninclude %s\n' "$1" "$2" > own.journal
  usr/bin/hledger --file own.journal balance --no-total assets | xargs
}
seen="alone: $(balance '' sales.journal)
in a journal of decimal commas: $(balance 'commodity 1.000,00 USD' sales.journal)
there, with its own decimal mark: $(balance 'commodity 1.000,00 USD' marked.journal)"
usr/bin/hledger --version
echo "$seen"
[ "$seen" = 'alone: 5.25 USD assets:shop
in a journal of decimal commas: 525,00 USD assets:shop
there, with its own decimal mark: 5,25 USD assets:shop' ]
