#!/usr/bin/env bash
# One would guess that JsBarcode refuses a letter that Code 128 doesn't have, as it does with a café and an Ü. Its own signs for the switches
# inside of a code are the letters from È to Ó, so those pass, and are no letters: CAFÉ-12 is read as CAF-12, ROMÉO as ROMO, and
# MARÍA-7 as MARÁ-7. The line below the bars has what was given, and nothing is refused, apart from PEÑA, with an error that tells
# nothing. The README has no word on it. What helps: to check a text for what isn't ASCII before it is drawn, `/^[\x20-\x7e]+$/`, or
# a QR code for names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsbarcode@3.12.3 @xmldom/xmldom@0.9.12 sharp@0.35.5 \
  @zxing/library@0.21.3 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DOMImplementation, XMLSerializer } from '@xmldom/xmldom'
import { BinaryBitmap, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from '@zxing/library'
import JsBarcode from 'jsbarcode'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })

async function drawn(text) {
  const document = new DOMImplementation().createDocument('http://www.w3.org/1999/xhtml', 'html', null)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  JsBarcode(svg, text, { xmlDocument: document, format: 'CODE128', margin: 30, displayValue: false })
  const picture = sharp(Buffer.from(new XMLSerializer().serializeToString(svg))).flatten({ background: '#fff' }).ensureAlpha()
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height }
}
function ofZxing({ data, width, height }) {
  const grey = Uint8ClampedArray.from({ length: width * height }, (_, index) => data[index * 4])
  return new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))).getText()
}
for (const text of ['CAFE-12', 'CAFÉ-12', 'ROMÉO', 'MARÍA-7', 'café', 'MÜLLER', 'PEÑA']) {
  try {
    const image = await drawn(text)
    console.log(`${text}: @zxing/library ${ofZxing(image)}, zxing-wasm ${(await readBarcodes(image))[0]?.text ?? 'nothing'}`)
  } catch (error) {
    console.log(`${text}: ${error instanceof TypeError ? 'a TypeError' : 'refused'}`)
  }
}
JS
echo 'JsBarcode 3.12.3, @zxing/library 0.21.3, zxing-wasm 3.1.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'CAFE-12: @zxing/library CAFE-12, zxing-wasm CAFE-12
CAFÉ-12: @zxing/library CAF-12, zxing-wasm CAF-12
ROMÉO: @zxing/library ROMO, zxing-wasm ROMO
MARÍA-7: @zxing/library MARÁ-7, zxing-wasm MARÁ-7
café: refused
MÜLLER: refused
PEÑA: a TypeError' ]
