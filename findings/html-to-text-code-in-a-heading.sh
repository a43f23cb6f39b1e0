#!/usr/bin/env bash
# One would guess that the text of a page has the letters of the page. html-to-text, which makes the plain part of many e-mails,
# writes headings and the head cells of tables in capitals, which is documented among the options. Whatever is told apart by
# case, and stands out in a mail because of that, is another one in its plain part: a code for a download, an id in base58,
# "Straße", "kWh" and "µs". A mail program shows one of the two parts, so its author sees the right one. What helps: `uppercase:
# false` for h1 to h6, and `uppercaseHeaderCells: false` for tables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund html-to-text@10.0.1 > /dev/null

cat > try.mjs << 'JS'
import { convert } from 'html-to-text'
const html = `<p>Your code:</p><h2>aB3xY9kQ</h2>
  <table class="prices"><tr><th>5 kWh</th><th>3 µs</th></tr><tr><td>0.25 USD</td><td>0.50 USD</td></tr></table>`
const tables = ['.prices']
const kept = [1, 2, 3, 4, 5, 6].map((level) => ({ selector: `h${level}`, options: { uppercase: false } }))
const table = (options) => ({ selector: '.prices', format: 'dataTable', options })
for (const selectors of [[table()], [...kept, table({ uppercaseHeaderCells: false })]]) {
  console.log(convert(html, { selectors, tables }).replaceAll(/\n+/g, '\n'))
}
JS
echo 'html-to-text 10.0.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'Your code:
AB3XY9KQ
5 KWH      3 ΜS
0.25 USD   0.50 USD
Your code:
aB3xY9kQ
5 kWh      3 µs
0.25 USD   0.50 USD' ]
