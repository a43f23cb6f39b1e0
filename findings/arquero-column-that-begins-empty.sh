#!/usr/bin/env bash
# One would guess that a column which is empty in its first rows is read as texts when texts follow. arquero decides by the first
# 1,000 rows of a file, and a column without any value fits the first type that it tries, which is boolean. Whatever comes later is
# `true`: a note that says "gift", a note that says "no", an amount of 5.25. Where the first rows have numbers, an id of letters that
# comes later is NaN. With 999 such rows before it, the note of row 1,000 is a text, and the tip of row
# 1,002 is still `true`. `autoMax` is documented as the number of rows to look at,
# and not what becomes of the others. What helps: `autoType: false` or `parse` for the columns whose type one knows, or
# `autoMax: Infinity`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund arquero@7.2.1 > /dev/null

cat > try.mjs << 'JS'
import { fromCSV } from 'arquero'
const orders = (count) => {
  const first = Array.from({ length: count }, (_, at) => `${at + 1},,`)
  return ['order,note,tip', ...first, 'A-17,gift,', 'A-18,no,', 'A-19,,5.25', 'A-20,false,'].join('\n')
}
for (const [count, options] of [[999], [1000], [1000, { autoMax: Infinity }], [1000, { autoType: false }]]) {
  const rows = fromCSV(orders(count), options).objects({ offset: count })
  const shown = rows.map(({ order, note, tip }) => [order, note || '-', tip || '-'].join(' '))
  console.log(`${count} rows before, ${JSON.stringify(options ?? 'no options')}: ${shown.join(', ')}`.replace('null', 'Infinity'))
}
JS
echo "arquero $(node -p 'require("./node_modules/arquero/package.json").version')"
node try.mjs | tee seen
[ "$(cat seen)" = '999 rows before, "no options": A-17 gift -, A-18 no -, A-19 - true, A-20 false -
1000 rows before, "no options": NaN true -, NaN true -, NaN - true, NaN - -
1000 rows before, {"autoMax":Infinity}: A-17 gift -, A-18 no -, A-19 - 5.25, A-20 false -
1000 rows before, {"autoType":false}: A-17 gift -, A-18 no -, A-19 - 5.25, A-20 false -' ]
