#!/usr/bin/env bash
# One would guess that SheetJS, reading CSV, takes `5-`, an amount with the minus behind it as many accounting programs write it, for -5 or
# for a text. It takes it for a day, the first of May 2001, and so for the number 37012 that a spreadsheet counts days with. `13-` is a
# text, and (2) is -2. So a list of sales and refunds adds up to thousands, and nothing is reported. The coupons 1-2 and 3/4 are days as well,
# and once the list is written again, 1-2 is 1/2/01. LibreOffice reads -5 and -13. What helps: `{ raw: true }`, and conversions of one's own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 > /dev/null

cat > try.cjs << 'JS'
const XLSX = require('xlsx')
const read = (csv, options) => XLSX.read(csv, { type: 'string', ...options }).Sheets.Sheet1
const amounts = (options) => XLSX.utils.sheet_to_json(read('amount\n10\n5-\n13-\n(2)\n', options)).map(({ amount }) => amount)
const sum = amounts().filter((amount) => typeof amount === 'number').reduce((a, b) => a + b)
console.log(`10, 5-, 13- and (2): ${JSON.stringify(amounts())}, with a sum of ${sum}`)
console.log(`raw: ${JSON.stringify(amounts({ raw: true }))}`)
console.log(`coupons 1-2 and 3/4, read and written: ${XLSX.utils.sheet_to_csv(read('coupon\n1-2\n3/4\n')).split('\n').slice(1, 3).join(', ')}`)
JS
echo "xlsx $(node -p 'require("xlsx/package.json").version')"
TZ=UTC node try.cjs | tee seen
[ "$(cat seen)" = '10, 5-, 13- and (2): [10,37012,"13-",-2], with a sum of 37020
raw: ["10","5-","13-","(2)"]
coupons 1-2 and 3/4, read and written: 1/2/01, 3/4/01' ]
