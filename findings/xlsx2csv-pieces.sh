#!/usr/bin/env bash
# One would guess that a number which is shown with its unit comes out of a spreadsheet as the number, or as it is shown. xlsx2csv takes
# each format that has a d, m, y, h or s in it for that of a day, also if the letter is in quotes. So 5 in the format `0 "pcs"` becomes
# the text of the format, dollars become `0.00 "us04"`, and the number is in no column of the file. Kilograms and euros are right, as
# they have none of these letters. The xlsx of npm writes `5 pcs`. What helps: a format without words, and the unit in a column of its
# own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq xlsx2csv=1:0.7.8-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund xlsx@0.18.5 > /dev/null

cat > write.cjs << 'JS'
const { utils, writeFile } = require('xlsx')
const formats = [['0 "kg"', 5], ['0 "pcs"', 5], ['0.00 "USD"', 5.25], ['"Sold: "0', 12], ['0.00 "EUR"', 5.25]]
const sheet = utils.aoa_to_sheet(formats.map(([z, v]) => [{ t: 'n', v, z }]))
const book = utils.book_new()
utils.book_append_sheet(book, sheet, 'Sales')
writeFile(book, 'sales.xlsx')
JS
node write.cjs
echo "xlsx2csv $(/usr/bin/python3 usr/bin/xlsx2csv --version 2>&1), xlsx 0.18.5"
{
  echo 'xlsx2csv'
  /usr/bin/python3 usr/bin/xlsx2csv sales.xlsx
  echo 'xlsx'
  node -p 'const { readFile, utils } = require("xlsx"); utils.sheet_to_csv(readFile("sales.xlsx").Sheets.Sales)'
} | tee seen
[ "$(cat seen)" = 'xlsx2csv
5
"0 ""pcs"""
"0.00 ""us04"""
"""sol11: ""0"
5.25000000
xlsx
5 kg
5 pcs
5.25 USD
Sold: 12
5.25 EUR' ]
