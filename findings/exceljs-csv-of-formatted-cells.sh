#!/usr/bin/env bash
# One would guess that a spreadsheet which is written as CSV has the texts and numbers in it that one reads in the spreadsheet. ExcelJS writes
# what it keeps of a cell. A title with one bold word is JSON. A link has lost its text, and its address is left. An amount that
# stands over three columns is there three times, so it adds up to three times as much. And a formula that nothing has calculated
# yet is an empty field, like a cell without anything. `cell.text` has the title and the text of the link. What helps: to write the
# fields by oneself, `cell.text` of each cell that is its own `cell.master`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund exceljs@4.4.0 > /dev/null

cat > try.cjs << 'JS'
const ExcelJS = require('exceljs')
async function run() {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('sales')
  const bold = { font: { bold: true }, text: 'new' }
  const cells = [
    { richText: [{ text: 'A ' }, bold, { text: ' tea' }] },
    { text: 'Tea', hyperlink: 'https://shop.example.org/tea' },
    100,
    { formula: 'SUM(5,2)', result: 7 },
    { formula: 'SUM(5,2)' },
  ]
  sheet.addRows(cells.map((cell) => [cell]))
  sheet.mergeCells('A3:C3')
  const lines = String(await book.csv.writeBuffer()).split('\n')
  cells.forEach((_cell, at) => console.log(`${sheet.getCell(at + 1, 1).text || 'no text'}, in the CSV file: ${lines[at] || 'nothing'}`))
}
run()
JS
echo "exceljs $(node -p 'require("exceljs/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'A new tea, in the CSV file: "{""richText"":[{""text"":""A ""},{""font"":{""bold"":true},""text"":""new""},{""text"":"" tea""}]}"
Tea, in the CSV file: https://shop.example.org/tea
100, in the CSV file: 100,100,100
7, in the CSV file: 7
no text, in the CSV file: nothing' ]
