#!/usr/bin/env bash
# One would guess that a library which breaks lines doesn't break at a space that is made to prevent it. word-wrap and wordwrap break at
# whatever `\s` is in a regular expression, and so at the no-break space (U+00A0) that Intl puts between an amount and its currency, and
# at the narrow one (U+202F) between its thousands: `1 234,50 €` is on two lines of a mail or a receipt, and the amount ends with its
# thousands. Python's textwrap and wrap-ansi keep them together. wordwrap also takes that space away. What helps: wrap-ansi, or
# another sign in its place while lines are broken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 word-wrap@1.2.5 wordwrap@1.0.0 wrap-ansi@10.0.2 > /dev/null

cat > try.mjs << 'JS'
import wordWrap from 'word-wrap'
import wordwrap from 'wordwrap'
import wrapAnsi from 'wrap-ansi'
const amount = new Intl.NumberFormat('fr', { style: 'currency', currency: 'EUR' }).format(1234.5)
const ways = {
  'word-wrap': (text) => wordWrap(text, { width: 17, indent: '' }),
  wordwrap: (text) => wordwrap(17)(text),
  'wrap-ansi': (text) => wrapAnsi(text, 17),
}
for (const text of [`This tea costs ${amount} now`, `Tea costs ${amount} now`]) {
  for (const [name, wrap] of Object.entries(ways)) {
    console.log(`${name}: ${wrap(text).split('\n').map((line) => `(${line.replace(/\s/g, ' ')})`).join(' ')}`)
  }
}
JS
echo 'word-wrap 1.2.5, wordwrap 1.0.0, wrap-ansi 10.0.2'
node_modules/node/bin/node try.mjs | tee seen
/usr/bin/python3 -c 'import textwrap; print("textwrap:", textwrap.wrap("Tea costs 1\u202f234,50\u00a0€ now", 17))' | tee -a seen
[ "$(cat seen)" = 'word-wrap: (This tea costs 1 ) (234,50 € now)
wordwrap: (This tea costs 1) (234,50 € now)
wrap-ansi: (This tea costs) (1 234,50 € now)
word-wrap: (Tea costs 1 ) (234,50 € now)
wordwrap: (Tea costs 1) (234,50 € now)
wrap-ansi: (Tea costs) (1 234,50 € now)
textwrap: ['\''Tea costs'\'', '\''1\u202f234,50\xa0€ now'\'']' ]
