#!/usr/bin/env bash
# One would guess that a code on a receipt has the whole text that was given to it. The printer draws it, and has to be told how
# many bytes it takes. node-thermal-printer counts letters, and sends UTF-8: each ü is two bytes and counted as one, a `€` is
# three. So the code ends too early, by a letter for each umlaut, and the rest is printed as text below it. A code for a bank
# transfer has the purpose at its end: if the payee is called Müller, all but the last digit of an order's number is there,
# account and amount are right, and the payment is one for another order. printQR() and pdf417() do so alike for printers of
# Epson's kind, and nothing is reported. What helps: a line of spaces at the end, which may be lost, links that are escaped, or
# a picture of the code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts node-thermal-printer@4.6.1 > /dev/null

cat > try.cjs << 'JS'
const { ThermalPrinter } = require('node-thermal-printer')
// What the printer takes as the text of the code, and as text to print: 29 40 107, length, kind, 80, 48, then the text
function received(bytes) {
  const buffer = Buffer.from(bytes)
  const at = buffer.indexOf('P0')
  const end = at - 1 + buffer.readUInt16LE(at - 3)
  const rest = buffer.subarray(end).toString('latin1').replace(/\x1d\(k.\0.../gs, '')
  return { code: buffer.subarray(at + 2, end).toString('utf8'), rest }
}
const transfer = (payee) => ['BCD', '002', '1', 'SCT', '', payee, 'DE89370400440532013000', 'EUR5.25', '', '', 'Order 1234'].join('\n')
for (const [what, text] of [['Muller', transfer('Muller')], ['Müller', transfer('Müller')], ['Müller & Söhne', transfer('Müller & Söhne')],
  ['a link', 'https://example.org/tee-für-zwei?order=1234'], ['escaped', encodeURI('https://example.org/tee-für-zwei?order=1234')],
  ['Müller, and a line of spaces', `${transfer('Müller')}\n    `]]) {
  for (const write of ['printQR', 'pdf417']) {
    const printer = new ThermalPrinter({ type: 'epson', interface: 'tcp://127.0.0.1' })
    printer[write](text)
    const { code, rest } = received(printer.getBuffer())
    console.log(`${what}, ${write}: ${code.trimEnd().split('\n').at(-1)}${rest.trim() && `, and ${rest} below`}`)
  }
}
JS
echo "node-thermal-printer $(node -p "JSON.parse(fs.readFileSync('node_modules/node-thermal-printer/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'Muller, printQR: Order 1234
Muller, pdf417: Order 1234
Müller, printQR: Order 123, and 4 below
Müller, pdf417: Order 123, and 4 below
Müller & Söhne, printQR: Order 12, and 34 below
Müller & Söhne, pdf417: Order 12, and 34 below
a link, printQR: https://example.org/tee-für-zwei?order=123, and 4 below
a link, pdf417: https://example.org/tee-für-zwei?order=123, and 4 below
escaped, printQR: https://example.org/tee-f%C3%BCr-zwei?order=1234
escaped, pdf417: https://example.org/tee-f%C3%BCr-zwei?order=1234
Müller, and a line of spaces, printQR: Order 1234
Müller, and a line of spaces, pdf417: Order 1234' ]
