#!/usr/bin/env bash
# One would guess that `ledger csv` writes what programs read as CSV. It puts a backslash before a quotation mark, where RFC 4180 doubles
# it, and leaves backslashes alone, so the two can't be told apart later. csv-parse refuses the line. papaparse ends
# the text at a comma: the rest of the title moves into the next column, and the amount one column further. hledger writes the same line
# with doubled marks. What helps is a `--csv-format` with `quoted_rfc`, which ledger has but doesn't use.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
command -v ledger > /dev/null || apt-get install -y ledger=3.3.0-3 > /dev/null # has libraries of its own
npm install --silent --no-audit --no-fund csv-parse@7.0.3 papaparse@5.7.1 > /dev/null

printf '2026-11-01 The "long read", part 1\n    assets:shop  0.25 USD\n    income:sales\n' > sales.journal
cat > read.cjs << 'JS'
const { parse } = require('csv-parse/sync')
const { readFileSync } = require('node:fs')
const Papa = require('papaparse')
const text = readFileSync(0, 'utf8').trim().split('\n').at(-1)
const strict = () => {
  try {
    return parse(text)[0].length
  } catch ({ code }) {
    return code
  }
}
console.log(`${strict()}, ${Papa.parse(text).data[0].length}`)
JS
ledger() { command ledger --init-file /dev/null --file sales.journal "$@"; }
rfc='%(quoted_rfc(payee)),%(quoted_rfc(quantity(scrub(display_amount))))\n'
seen="$(ledger csv assets | cut -d, -f 3-4)
columns, of 8: $(ledger csv assets | node read.cjs)
with a format for it: $(ledger csv --csv-format "$rfc" assets)
columns, of 2: $(ledger csv --csv-format "$rfc" assets | node read.cjs)
$(usr/bin/hledger --file sales.journal register assets --output-format csv | tail -n 1 | cut -d, -f 4-5)"
command ledger --version | head -n 1
usr/bin/hledger --version
echo "$seen"
[ "$seen" = '"The \"long read\", part 1"
columns, of 8: CSV_INVALID_CLOSING_QUOTE, 9
with a format for it: "The ""long read"", part 1","0.25"
columns, of 2: 2, 2
"The ""long read"", part 1"' ]
