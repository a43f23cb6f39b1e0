#!/usr/bin/env bash
# One would guess that a bar code has the text that it was given, or that a program refuses a text that it can't write. Code 39 has
# no small letters. JsBarcode and zint write capital ones instead, and the line below the bars has them, too: the tickets aB3x and
# Ab3X, two ids of nanoid for example, have one code, so that one buyer comes in with the other's seat, or neither does, since the
# ticket that is read is none that was sold. bwip-js refuses such a text. JsBarcode's README has no word on it. What helps: Code 128,
# which has all letters, or ids of capital letters and digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq zint=2.11.1-1 libzint2.11=2.11.1-1 \
  zbar-tools=0.23.92-7+deb12u1 libzbar0=0.23.92-7+deb12u1 libv4l-0=1.22.1-5+b2 libv4lconvert0=1.22.1-5+b2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:usr/lib
npm install --silent --no-audit --no-fund jsbarcode@3.12.3 bwip-js@4.11.4 @xmldom/xmldom@0.9.12 sharp@0.35.5 > /dev/null

cat > write.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { DOMImplementation, XMLSerializer } from '@xmldom/xmldom'
import bwipjs from 'bwip-js'
import JsBarcode from 'jsbarcode'
import sharp from 'sharp'
const [, , program, format, text] = process.argv
if (program === 'bwip-js') {
  writeFileSync('code.png', await bwipjs.toBuffer({ bcid: format, text, scale: 3, padding: 10, backgroundcolor: 'FFFFFF' }))
} else {
  const document = new DOMImplementation().createDocument('http://www.w3.org/1999/xhtml', 'html', null)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  JsBarcode(svg, text, { xmlDocument: document, format: format.toUpperCase(), margin: 20 })
  await sharp(Buffer.from(new XMLSerializer().serializeToString(svg))).flatten({ background: '#fff' }).toFile('code.png')
}
JS
# written PROGRAM FORMAT TEXT
written() {
  rm -f code.png
  if [ "$1" = zint ]; then usr/bin/zint --barcode="${2^^}" --scale=2 --output=code.png --data="$3"
  else node write.mjs "$@" 2> /dev/null; fi || { echo refused; return; }
  usr/bin/zbarimg --quiet --raw code.png 2> /dev/null # says that there is no D-Bus
}
echo 'JsBarcode 3.12.3, zint 2.11.1, bwip-js 4.11.4, zbar 0.23.92'
for program in jsbarcode zint bwip-js; do
  for format in code39 code128; do
    echo "$program, $format: aB3x is read as $(written $program $format aB3x), Ab3X as $(written $program $format Ab3X)"
  done
done | tee seen
[ "$(cat seen)" = 'jsbarcode, code39: aB3x is read as AB3X, Ab3X as AB3X
jsbarcode, code128: aB3x is read as aB3x, Ab3X as Ab3X
zint, code39: aB3x is read as AB3X, Ab3X as AB3X
zint, code128: aB3x is read as aB3x, Ab3X as Ab3X
bwip-js, code39: aB3x is read as refused, Ab3X as refused
bwip-js, code128: aB3x is read as aB3x, Ab3X as Ab3X' ]
