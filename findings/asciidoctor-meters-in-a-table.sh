#!/usr/bin/env bash
# One would guess that the text of a cell in an AsciiDoc table ends at its bar. What stands before a bar, behind a blank, may be a
# specification of the next cell: a letter for its style, `2+` for its width, `3*` to repeat it. So in `|Rope, 5 m|9.00` the rope is
# of 5, without the m, and its price is in a typewriter's letters. `|Shirt, size s|9.00` has lost its size, and the price is bold.
# `|Toys, ages 2+|9.00` puts the price over two columns, and `|Box of 2*|9.00` has two prices, which move all that follows. It is
# documented, and a text with a blank before the bar is safe. What helps: a blank before each bar (`5 m |9.00`), or cells on lines of
# their own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @asciidoctor/core@4.1.0 > /dev/null

cat > try.mjs << 'JS'
import { convert } from '@asciidoctor/core'
const names = ['Rope, 5 m', 'Rope, 5 m ', 'Shirt, size s', 'Box of 2*', 'Toys, ages 2+', 'Rope, 5 cm']
for (const row of names.map((name) => `|${name}|9.00`)) {
  const html = await convert(`[cols=3]\n|===\n${row}|in stock\n|===`)
  const cells = [...html.matchAll(/<td(?: class="[^"]*")?(.*?)><p class="tableblock">(.*?)<\/p>/g)]
  console.log(`${row}|in stock: ${cells.map(([, attributes, text]) => `(${text}${attributes})`).join(' ')}`)
}
JS
echo 'Asciidoctor 4.1.0'
node try.mjs 2> messages | tee seen
cat messages
[ "$(cat seen)" = '|Rope, 5 m|9.00|in stock: (Rope, 5) (<code>9.00</code>) (in stock)
|Rope, 5 m |9.00|in stock: (Rope, 5 m) (9.00) (in stock)
|Shirt, size s|9.00|in stock: (Shirt, size) (<strong>9.00</strong>) (in stock)
|Box of 2*|9.00|in stock: (Box of) (9.00) (9.00)
|Toys, ages 2+|9.00|in stock: (Toys, ages) (9.00 colspan="2")
|Rope, 5 cm|9.00|in stock: (Rope, 5 cm) (9.00) (in stock)' ]
