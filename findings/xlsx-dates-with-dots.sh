#!/usr/bin/env bash
# One would guess that a day which exceljs has written is a day to xlsx. In a spreadsheet, a day is a number with a format. exceljs
# writes the format that it is given, and dd.mm.yyyy is how a day is written in much of Europe. LibreOffice reads it as a day. xlsx
# takes the dots for fractions of a second, fails inside, and falls back to the number, without a word: the CSV file has 46327 in place
# of 01.11.2026. With slashes or hyphens all is well, so examples work. What helps: `dd\.mm\.yyyy` as the format when writing, or
# `cellDates: true` when reading, which gives Date objects.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 > /dev/null

cat > try.cjs << 'JS'
const { Workbook } = require('exceljs')
const { readFile, utils } = require('xlsx')
async function run() {
  const formats = ['dd/mm/yyyy', 'dd-mm-yyyy', 'dd.mm.yyyy', 'd. mmmm yyyy', 'dd\\.mm\\.yyyy']
  const book = new Workbook()
  const row = book.addWorksheet('Sales').addRow(formats.map(() => new Date(Date.UTC(2026, 10, 1))))
  formats.forEach((format, index) => { row.getCell(index + 1).numFmt = format })
  await book.xlsx.writeFile('sales.xlsx')
  const shown = utils.sheet_to_csv(readFile('sales.xlsx').Sheets.Sales).split(',')
  const [dates] = utils.sheet_to_json(readFile('sales.xlsx', { cellDates: true }).Sheets.Sales, { header: 1 })
  formats.forEach((format, index) => console.log(`${format}: ${shown[index]}, a Date ${dates[index] instanceof Date}`))
}
run()
JS
echo "xlsx $(node -p 'require("xlsx").version'), exceljs 4.4.0"
TZ=UTC node try.cjs | tee seen
[ "$(cat seen)" = 'dd/mm/yyyy: 01/11/2026, a Date true
dd-mm-yyyy: 01-11-2026, a Date true
dd.mm.yyyy: 46327, a Date true
d. mmmm yyyy: 46327, a Date true
dd\.mm\.yyyy: 01.11.2026, a Date true' ]
