#!/usr/bin/env bash
# One would guess that an empty cell of a table counts in an average or it doesn't. In d3 it depends on how it came to be empty:
# `null` and `undefined` are left out, as the documentation says, and the empty text, which is what d3.csvParse gives for an empty
# cell, is converted to the number 0. So two ratings of 4 and 5 and one that nobody has given have an average of 3, a median of 4 and
# a count of 3, and the lowest is nothing. With d3.autoType, which makes null of it, they are 4.5, 4.5, 2 and 4. What helps:
# d3.autoType, or a row function that says `cell === '' ? undefined : +cell`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund d3-array@3.2.5 d3-dsv@3.0.2 > /dev/null

cat > try.mjs << 'JS'
import { count, mean, median, min } from 'd3-array'
import { autoType, csvParse } from 'd3-dsv'
const table = 'product,rating\ntea,4\ncup,\npot,5\n'
for (const [way, rows] of [['as it is', csvParse(table)], ['with autoType', csvParse(table, autoType)]]) {
  const shown = [mean, median, count, min].map((of) => `${of.name} ${JSON.stringify(of(rows, ({ rating }) => rating))}`)
  console.log(`${way}, the cell is ${JSON.stringify(rows[1].rating)}: ${shown.join(', ')}`)
}
JS
for name in d3-array d3-dsv; do echo "$name $(node -p "require('./node_modules/$name/package.json').version")"; done
node try.mjs | tee seen
[ "$(cat seen)" = 'as it is, the cell is "": mean 3, median 4, count 3, min ""
with autoType, the cell is null: mean 4.5, median 4.5, count 2, min 4' ]
