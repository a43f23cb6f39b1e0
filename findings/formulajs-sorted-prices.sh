#!/usr/bin/env bash
# One would guess that SORT puts numbers in order, as it does in Excel. Formula.js sorts with JavaScript's own order, which is that of
# texts: of the prices 9, 10 and 100, the cheapest is 10, then comes 100, then 9. Prices that have equally many digits are right, and so
# are tests with 1, 2 and 3. COUNTIF and SUMIF don't know that an asterisk stands for the rest of a name, as it does in Excel: `Tea*` is
# found nowhere, and the sum is 0, without an error. What helps: sort() with a comparison, and SMALL, which does compare numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @formulajs/formulajs@4.6.1 hyperformula@3.5.0 > /dev/null

cat > try.cjs << 'JS'
const { COUNTIF, SMALL, SORT, SUMIF } = require('@formulajs/formulajs')
const { HyperFormula } = require('hyperformula')
for (const prices of [[2, 3, 1], [10, 9, 100], [5.25, 19.99, 100]]) {
  console.log(`${prices}: SORT ${SORT(prices.map((price) => [price]))}, SMALL ${prices.map((_, index) => SMALL(prices, index + 1))}`)
}
const names = ['Tea', 'Tea box', 'Coffee']
const rows = names.map((name, index) => [name, [5, 7, 11][index]])
const sheet = HyperFormula.buildFromArray([...rows, ['=COUNTIF(A1:A3, "Tea*")', '=SUMIF(A1:A3, "Tea*", B1:B3)']], { licenseKey: 'gpl-v3' })
console.log(`Tea*: ${COUNTIF(names, 'Tea*')} sold for ${SUMIF(names, 'Tea*', [5, 7, 11])}; HyperFormula: ${sheet.getSheetValues(0)[3].join(' for ')}`)
JS
echo "Formula.js $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/@formulajs/formulajs/package.json")).version'), HyperFormula 3.5.0"
node try.cjs | tee seen
[ "$(cat seen)" = '2,3,1: SORT 1,2,3, SMALL 1,2,3
10,9,100: SORT 10,100,9, SMALL 9,10,100
5.25,19.99,100: SORT 100,19.99,5.25, SMALL 5.25,19.99,100
Tea*: 0 sold for 0; HyperFormula: 2 for 12' ]
