#!/usr/bin/env bash
# One would guess that a spreadsheet which is written as CSV has the numbers of its cells. SheetJS writes what a narrow cell would show: from
# twelve digits on, a number without a format of its own is 1.23457E+11. The number under a bar code, an account, an amount in a small
# unit lose their last digits, in the file and in any sum of it, and two products have one number. ExcelJS writes all digits, and so does
# SheetJS itself to JSON and XLSX. What helps: `sheet_to_csv(sheet, { rawNumbers: true })`, which isn't the default.
# The quarks of Nickel's orders.csv, once a spreadsheet has stored them, are such numbers from a price of about $9.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 > /dev/null

cat > try.cjs << 'JS'
const ExcelJS = require('exceljs')
const XLSX = require('xlsx')
const rows = [
  ['product', 'quarks'],
  [4006381333931, 99999999999],
  [4006381333948, 123456789012],
]
async function run() {
  const sheet = XLSX.utils.aoa_to_sheet(rows)
  console.log(`SheetJS: ${XLSX.utils.sheet_to_csv(sheet)}`)
  console.log(`with rawNumbers: ${XLSX.utils.sheet_to_csv(sheet, { rawNumbers: true })}`)
  const peer = new ExcelJS.Workbook()
  peer.addWorksheet('sales').addRows(rows)
  console.log(`ExcelJS: ${await peer.csv.writeBuffer()}`)
}
run()
JS
node -p '["xlsx", "exceljs"].map((name) => `${name} ${require(`${name}/package.json`).version}`).join(", ")'
node try.cjs | paste -sd ' ' | tee seen
[ "$(cat seen)" = 'SheetJS: product,quarks 4.00638E+12,99999999999 4.00638E+12,1.23457E+11 with rawNumbers: product,quarks 4006381333931,99999999999 4006381333948,123456789012 ExcelJS: product,quarks 4006381333931,99999999999 4006381333948,123456789012' ]
