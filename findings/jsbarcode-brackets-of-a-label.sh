#!/usr/bin/env bash
# One would guess that the text of a GS1 label, `(01)04006381333931(10)A1`, is given as it is to a program that draws it, as its
# brackets only show people where a field begins. bwip-js leaves them out of the bars. JsBarcode, with `ean128: true`, draws
# each of them, behind the mark that says that the bars are GS1. Below the bars stands what stands below the right ones. One
# parser is kind enough to read it, and another refuses it, as there is no field that begins with a bracket, so it depends on
# the shop that gets the goods. What helps: no brackets, `text` for the line below the bars, and `\u00CF` behind a field of any
# length: without it, the next field is a part of the batch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts jsbarcode@3.12.3 bwip-js@4.11.4 zxing-wasm@3.1.6 pngjs@7.0.0 \
  gs1-barcode-parser-mod@1.2.1 bark-js@1.2.1 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import bwip from 'bwip-js'
import JsBarcode from 'jsbarcode'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const require = createRequire(import.meta.url)
const bark = require('bark-js')
const { parseBarcode } = require('gs1-barcode-parser-mod')
prepareZXingModule({ overrides: { wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer } })
function draw(bars) {
  const png = new PNG({ width: 3 * (bars.length + 40), height: 120 })
  png.data.fill(255)
  for (let at = 0; at < png.width * png.height; at++) {
    if (bars[Math.floor((at % png.width) / 3) - 20] === '1') png.data.fill(0, 4 * at, 4 * at + 3)
  }
  return PNG.sync.write(png)
}
async function show(what, png) {
  const [{ text, symbologyIdentifier }] = await readBarcodes(png, { textMode: 'Plain' })
  const code = symbologyIdentifier + text
  const fields = parseBarcode(code).parsedCodeItems.map(({ ai, data }) => `${ai} is ${data}`).join(', ')
  let others
  try {
    others = bark(code).elements.map(({ ai, value }) => `${ai} is ${value}`).join(', ')
  } catch ({ message }) {
    others = message.replace(/:.*/, '')
  }
  console.log(`${what}\n  read: ${JSON.stringify(text)}\n  gs1-barcode-parser-mod: ${fields}\n  bark-js: ${others}`)
}
const label = '(01)04006381333931(10)A1(21)5'
const look = { scale: 3, height: 15, paddingwidth: 20, paddingheight: 10, backgroundcolor: 'FFFFFF' }
await show(`bwip-js, ${label}`, await bwip.toBuffer({ bcid: 'gs1-128', text: label, ...look }))
for (const text of [label, '010400638133393110A1215', '010400638133393110A1\u00CF215']) {
  const drawn = {}
  JsBarcode(drawn, text, { format: 'CODE128', ean128: true })
  await show(`JsBarcode, ${text}`, draw(drawn.encodings.map(({ data }) => data).join('')))
}
JS
for name in jsbarcode bwip-js zxing-wasm gs1-barcode-parser-mod bark-js; do echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"; done
node try.mjs | tee seen
[ "$(cat seen)" = 'bwip-js, (01)04006381333931(10)A1(21)5
  read: "010400638133393110A1\u001d215"
  gs1-barcode-parser-mod: 01 is 04006381333931, 10 is A1, 21 is 5
  bark-js: 01 is 04006381333931, 10 is A1, 21 is 5
JsBarcode, (01)04006381333931(10)A1(21)5
  read: "(01)04006381333931(10)A1(21)5"
  gs1-barcode-parser-mod: 01 is 04006381333931, 10 is A1, 21 is 5
  bark-js: Invalid AI at start of barcode section
JsBarcode, 010400638133393110A1215
  read: "010400638133393110A1215"
  gs1-barcode-parser-mod: 01 is 04006381333931, 10 is A1215
  bark-js: 01 is 04006381333931, 10 is A1215
JsBarcode, 010400638133393110A1Ï215
  read: "010400638133393110A1\u001d215"
  gs1-barcode-parser-mod: 01 is 04006381333931, 10 is A1, 21 is 5
  bark-js: 01 is 04006381333931, 10 is A1, 21 is 5' ]
