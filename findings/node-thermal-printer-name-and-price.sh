#!/usr/bin/env bash
# One would guess that a line of a receipt with a name on the left and a price on the right has at least a space between them.
# leftRight() of node-thermal-printer fills up what is left of the line, and if nothing is left, it fills nothing: lot 2 at 5.25
# is lot 25.25, and a longer name breaks where the paper ends, with its last digits before the price. tableCustom() has columns,
# but it cuts what is too long after a character, numbers as well: a box of 100 is one of 1, with 00 below it, and 1,234.50 is
# 1,234 above .50. Nothing is reported. receipt-printer-encoder breaks names at spaces, and does cut amounts. What helps: names
# that are cut by oneself, to the width without the price and a space, and columns as wide as the largest total.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts node-thermal-printer@4.6.1 @point-of-sale/receipt-printer-encoder@4.0.1 > /dev/null

cat > try.mjs << 'JS'
import { createRequire } from 'node:module'
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
const { ThermalPrinter } = createRequire(import.meta.url)('node-thermal-printer')
const printer = new ThermalPrinter({ type: 'epson', interface: 'tcp://127.0.0.1', width: 32 })
// What is on the paper: without commands, and with lines of 32 characters
const paper = (bytes) =>
  Buffer.from(bytes).toString('latin1').replace(/\x1bt.|\r/gs, '').trimEnd().split('\n')
    .flatMap((line) => line.match(/.{1,32}/g)).map((line) => `  |${line.padEnd(32)}|`).join('\n')
function show(what) {
  console.log(`${what}\n${paper(printer.getBuffer())}`)
  printer.clear()
}
printer.leftRight('Tea', '5.25')
printer.leftRight('Oolong of the mountain lot 2', '5.25')
printer.leftRight('Oolong of the mountains, lot 20', '5.25')
show('leftRight')
const rows = [['Tea bags, a box of 100', '5.25'], ['Silver pot', '1,234.50']]
for (const [left, right] of rows) {
  printer.tableCustom([{ text: left, cols: 21 }, { text: right, cols: 6, align: 'RIGHT' }])
}
show('tableCustom')
const table = new ReceiptPrinterEncoder({ columns: 32 }).table([{ width: 21 }, { width: 6, align: 'right' }], rows)
console.log(`receipt-printer-encoder\n${paper(table.encode())}`)
JS
for name in node-thermal-printer @point-of-sale/receipt-printer-encoder; do
  echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"
done
node try.mjs | tee seen
[ "$(cat seen)" = 'leftRight
  |Tea                         5.25|
  |Oolong of the mountain lot 25.25|
  |Oolong of the mountains, lot 205|
  |.25                             |
tableCustom
  |Tea bags, a box of 1   5.25     |
  |00                              |
  |Silver pot            1,234     |
  |                        .50     |
receipt-printer-encoder
  |Tea bags, a box of     5.25     |
  |100                             |
  |Silver pot           1,234.     |
  |                         50     |' ]
