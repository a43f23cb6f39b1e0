#!/usr/bin/env bash
# One would guess that a parser which makes numbers of what looks like numbers makes the right ones. csv-parse's `cast: true`
# decides by JavaScript's conversion, which knows hexadecimal, and converts by parseFloat, which doesn't: 0x1f becomes 0, and so
# does each wallet's address and each hash of a transaction, as many networks write them. The column is all zeros, and a search
# by address finds everybody. ExcelJS, when it reads CSV, makes 1.2676448603285346e+48 of the same address, in which the last
# digits are gone. Papa Parse with dynamicTyping, and csvtojson with checkType, leave it as it is. What helps: a function for
# `cast`, or `map` in ExcelJS, that converts columns of numbers by their names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund csv-parse@7.0.3 exceljs@4.4.0 papaparse@5.7.1 csvtojson@2.0.14 > /dev/null

cat > try.mjs << 'JS'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import csvtojson from 'csvtojson'
import ExcelJS from 'exceljs'
import Papa from 'papaparse'
const csv = 'wallet,amount\n0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae,5\n0x1f,5\n'
const show = (name, values) => console.log(`${name}: ${values.map((value) => JSON.stringify(value)).join(', ')}`)
show('csv-parse', parse(csv, { columns: true, cast: true }).map((row) => row.wallet))
const sheet = await new ExcelJS.Workbook().csv.read(Readable.from([csv]))
show('ExcelJS', [2, 3].map((row) => sheet.getRow(row).getCell(1).value))
show('Papa Parse', Papa.parse(csv.trim(), { header: true, dynamicTyping: true }).data.map((row) => row.wallet))
show('csvtojson', (await csvtojson({ checkType: true }).fromString(csv)).map((row) => row.wallet))
const cast = (value, { column, header }) => (column === 'amount' && !header ? Number(value) : value)
show('csv-parse, by column', parse(csv, { columns: true, cast }).map((row) => row.wallet))
JS
echo 'csv-parse 7.0.3, ExcelJS 4.4.0, Papa Parse 5.7.1, csvtojson 2.0.14'
node try.mjs | tee seen
[ "$(cat seen)" = 'csv-parse: 0, 0
ExcelJS: 1.2676448603285346e+48, 31
Papa Parse: "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", "0x1f"
csvtojson: "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", "0x1f"
csv-parse, by column: "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", "0x1f"' ]
