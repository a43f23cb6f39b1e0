#!/usr/bin/env bash
# One would guess that SQL on a CSV file either adds up a column of digits or says that it is text, since most readers of CSV give texts. In
# alasql, AVG joins the texts, one behind the other, and divides the long number by how many there are: of 10, 9 and 100, the average is
# 36366. SUM, MIN and MAX of the same column are undefined. None of these is an error. What helps: `AVG(CONVERT(FLOAT, amount))`, or
# numbers before the query.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional --omit=peer alasql@4.19.1 > /dev/null

cat > try.cjs << 'JS'
const alasql = require('alasql')
const sales = [{ amount: '10' }, { amount: '9' }, { amount: '100' }]
for (const value of ['amount', 'CONVERT(FLOAT, amount)']) {
  for (const name of ['AVG', 'SUM', 'MIN', 'MAX']) {
    const [{ result }] = alasql(`SELECT ${name}(${value}) AS result FROM ?`, [sales])
    console.log(`${name}(${value}) of 10, 9 and 100: ${result}`)
  }
}
JS
echo "alasql $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/alasql/package.json")).version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'AVG(amount) of 10, 9 and 100: 36366.666666666664
SUM(amount) of 10, 9 and 100: undefined
MIN(amount) of 10, 9 and 100: undefined
MAX(amount) of 10, 9 and 100: undefined
AVG(CONVERT(FLOAT, amount)) of 10, 9 and 100: 39.666666666666664
SUM(CONVERT(FLOAT, amount)) of 10, 9 and 100: 119
MIN(CONVERT(FLOAT, amount)) of 10, 9 and 100: 9
MAX(CONVERT(FLOAT, amount)) of 10, 9 and 100: 100' ]
