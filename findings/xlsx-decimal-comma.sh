#!/usr/bin/env bash
# One would guess that a CSV file which has semicolons between its columns, as Excel writes it where the decimal mark is a comma, is
# read with such amounts or as texts. xlsx finds the semicolons by itself, and takes each comma of an amount for a separator of
# thousands, wherever it stands: 5,25 is 525, 1,5 is 15, and 1.234,56 is 1.23456. The text of the cell still shows 5,25, so a look at it
# finds nothing wrong. Tables in HTML are read the same way. What helps: `raw: true`, which leaves all cells texts, and to convert them
# oneself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 > /dev/null

printf 'article;price;sum\ntea;5,25;1.234,56\ncake;1,5;19,99\n' > sales.csv
printf '<table><tr><td>tea</td><td>5,25</td><td>1.234,56</td></tr></table>' > sales.html
cat > try.cjs << 'JS'
const { readFile, utils } = require('xlsx')
for (const [file, options] of [['sales.csv'], ['sales.html'], ['sales.csv', { raw: true }]]) {
  const { SheetNames: [name], Sheets } = readFile(file, { ...options })
  console.log(`${file} ${JSON.stringify(options ?? {})}: ${JSON.stringify(utils.sheet_to_json(Sheets[name], { header: 1 }))}`)
}
const { v: value, w: shown } = readFile('sales.csv').Sheets.Sheet1.B2
console.log(`the cell of 5,25: value ${value}, shown as ${shown}`)
JS
echo "xlsx $(node -p 'require("xlsx").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'sales.csv {}: [["article","price","sum"],["tea",525,1.23456],["cake",15,1999]]
sales.html {}: [["tea",525,1.23456]]
sales.csv {"raw":true}: [["article","price","sum"],["tea","5,25","1.234,56"],["cake","1,5","19,99"]]
the cell of 5,25: value 525, shown as 5,25' ]
