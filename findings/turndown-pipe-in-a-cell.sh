#!/usr/bin/env bash
# One would guess that a table which becomes Markdown is the same table afterwards. Turndown escapes what Markdown would take for markup.
# Its plugin for tables doesn't do so with the character that separates cells there, and keeps the line breaks in a cell. A product called
# "Tea | green" has "green" as its price; its own price is in a third column, which readers of Markdown leave out. A cell of two lines ends
# its row after the first, so the price belongs to the second. There is no error, and all other rows are right. What helps: a rule of one's
# own for cells, as below, or @joplin/turndown-plugin-gfm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund turndown@7.2.5 turndown-plugin-gfm@1.0.2 @joplin/turndown-plugin-gfm@1.0.68 marked@18.2.1 > /dev/null

cat > try.mjs << 'JS'
import joplin from '@joplin/turndown-plugin-gfm'
import { marked } from 'marked'
import TurndownService from 'turndown'
import plugin from 'turndown-plugin-gfm'
const page = `<table><thead><tr><th>Product</th><th>Price</th></tr></thead><tbody>
<tr><td>Cup</td><td>5.25</td></tr><tr><td>Tea | green</td><td>7.50</td></tr><tr><td>Pot<br>white</td><td>9.99</td></tr></tbody></table>`
const own = new TurndownService().use(plugin.gfm)
const { replacement } = own.rules.array.find(({ filter }) => String(filter) === 'th,td')
own.addRule('cell', { filter: ['th', 'td'], replacement: (content, node) => replacement(content.trim().replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|'), node) })
const services = { 'turndown-plugin-gfm': new TurndownService().use(plugin.gfm), 'own rule': own, '@joplin': new TurndownService().use(joplin.gfm) }
for (const [name, service] of Object.entries(services)) {
  const html = await marked.parse(service.turndown(page))
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => [...row.matchAll(/<t[hd]>(.*?)<\/t/gs)].map(([, cell]) => cell.replace(/<br>/, ' ')).join(': '))
  console.log(`${name}: ${rows.join('; ')}`)
}
JS
echo 'turndown 7.2.5, turndown-plugin-gfm 1.0.2, @joplin/turndown-plugin-gfm 1.0.68, marked 18.2.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'turndown-plugin-gfm: Product: Price; Cup: 5.25; Tea: green; Pot: ; white: 9.99
own rule: Product: Price; Cup: 5.25; Tea | green: 7.50; Pot white: 9.99
@joplin: Product: Price; Cup: 5.25; Tea | green: 7.50; Pot   white: 9.99' ]
