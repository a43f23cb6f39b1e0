#!/usr/bin/env bash
# One would guess that two libraries write the same Date as the same time into a spreadsheet. A cell has no time zone, so one must be
# chosen: SheetJS takes that of the process, ExcelJS takes UTC. A sale in Berlin at half past midnight on November 1 is in November in
# one file, and in October in the other. Each library reads what it has written, so a test with one of them passes. A time that the
# other has written is off by the distance from UTC. SheetJS also adds seconds where the zone had some in 1899: it writes 05:00:10 for
# 05:00 in India. On a server in UTC, both agree. What helps: to write the local day as a text, or to give ExcelJS a Date whose UTC time
# is the local one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 > /dev/null

cat > try.cjs << 'JS'
const ExcelJs = require('exceljs')
const SheetJs = require('xlsx')
const paid = new Date('2026-10-31T23:30:00Z')
const writers = {
  SheetJS: async () => {
    const book = SheetJs.utils.book_new()
    SheetJs.utils.book_append_sheet(book, SheetJs.utils.aoa_to_sheet([[paid]]), 'sales')
    return SheetJs.write(book, { type: 'buffer', bookType: 'xlsx' })
  },
  ExcelJS: async () => {
    const book = new ExcelJs.Workbook()
    book.addWorksheet('sales').getCell('A1').value = paid
    return Buffer.from(await book.xlsx.writeBuffer())
  },
}
async function run() {
  for (const [name, write] of Object.entries(writers)) {
    const file = await write()
    const cell = SheetJs.read(file).Sheets.sales.A1.v
    const book = new ExcelJs.Workbook()
    await book.xlsx.load(file)
    const read = [SheetJs.read(file, { cellDates: true }).Sheets.sales.A1.v, book.getWorksheet(1).getCell('A1').value]
    const [bySheetJs, byExcelJs] = read.map((date) => date.toISOString().slice(0, 19))
    const shown = SheetJs.SSF.format('yyyy-mm-dd hh:mm:ss', cell)
    console.log(`${process.env.TZ}, ${name}: ${shown}; read by SheetJS ${bySheetJs}Z, by ExcelJS ${byExcelJs}Z`)
  }
}
run()
JS
echo "SheetJS (xlsx) $(node -p "require('xlsx').version"), ExcelJS $(node -p "require('exceljs/package.json').version")"
for zone in UTC Europe/Berlin Asia/Kolkata; do TZ=$zone node try.cjs; done | tee seen
[ "$(cat seen)" = 'UTC, SheetJS: 2026-10-31 23:30:00; read by SheetJS 2026-10-31T23:30:00Z, by ExcelJS 2026-10-31T23:30:00Z
UTC, ExcelJS: 2026-10-31 23:30:00; read by SheetJS 2026-10-31T23:30:00Z, by ExcelJS 2026-10-31T23:30:00Z
Europe/Berlin, SheetJS: 2026-11-01 00:30:00; read by SheetJS 2026-10-31T23:30:00Z, by ExcelJS 2026-11-01T00:30:00Z
Europe/Berlin, ExcelJS: 2026-10-31 23:30:00; read by SheetJS 2026-10-31T22:30:00Z, by ExcelJS 2026-10-31T23:30:00Z
Asia/Kolkata, SheetJS: 2026-11-01 05:00:10; read by SheetJS 2026-10-31T23:30:00Z, by ExcelJS 2026-11-01T05:00:10Z
Asia/Kolkata, ExcelJS: 2026-10-31 23:30:00; read by SheetJS 2026-10-31T17:59:50Z, by ExcelJS 2026-10-31T23:30:00Z' ]
