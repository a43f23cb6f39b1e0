#!/usr/bin/env bash
# One would guess that a QR code which was found is read, or else not found. jsQR takes each piece of a text for UTF-8, and gives nothing
# for a piece that isn't: a code in ISO 8859-1, which is what the standard means where nothing else is said, is found at its place, with
# the empty text. lean-qr and zint write an ü that way, to save space, and lean-qr marks it in the code (ECI). With a € lean-qr has to write
# UTF-8, which jsQR reads: Jürgen's ticket is empty, and that of Jürgen with 5 € isn't. zxing-wasm reads all of them. jsQR's README has
# `binaryData` beside `data`, and no word on when to take it. What helps: to decode `binaryData` where `data` is empty; for lean-qr,
# `mode.utf8` as the only mode.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq zint=2.11.1-1 libzint2.11=2.11.1-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:usr/lib
npm install --silent --no-audit --no-fund jsqr@1.4.0 lean-qr@2.7.4 qrcode@1.5.4 pngjs@7.0.0 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsQr from 'jsqr'
import { generate, mode } from 'lean-qr'
import { PNG } from 'pngjs'
import QrCode from 'qrcode'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })

function ofLeanQr(text, options) {
  const code = generate(text, options)
  const context = { createImageData: (size) => ({ data: new Uint8ClampedArray(size * size * 4), width: size }) }
  const { data, width } = code.toImageData(context, { on: [0, 0, 0, 255], off: [255, 255, 255, 255], scale: 1 })
  return enlarged(data, width)
}
/** Eight pixels for each one. */
function enlarged(small, size) {
  const width = size * 8
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    const from = Math.floor(pixel / width / 8) * size + Math.floor((pixel % width) / 8)
    data.fill(small[from * 4], pixel * 4, pixel * 4 + 3)
  }
  return { data, width, height: width }
}
function ofPng(bytes) {
  const { data, width, height } = PNG.sync.read(bytes)
  return { data: new Uint8ClampedArray(data), width, height }
}
const writers = {
  qrcode: async (text) => ofPng(await QrCode.toBuffer(text, { scale: 8 })),
  'lean-qr': (text) => ofLeanQr(text),
  'lean-qr, with UTF-8': (text) => ofLeanQr(text, { modes: [mode.utf8] }),
  zint: (text) => {
    execFileSync('usr/bin/zint', ['--barcode=QRCODE', '--scale=4', '--quietzones', '--output=code.png', `--data=${text}`], { stdio: 'ignore' })
    return ofPng(readFileSync('code.png'))
  },
}
for (const text of ['Jurgen', 'Jürgen', 'Jürgen, 5 €']) {
  for (const [name, write] of Object.entries(writers)) {
    const image = await write(text)
    const code = jsQr(image.data, image.width, image.height)
    const bytes = code.data ? '' : `, its bytes ${new TextDecoder('latin1').decode(Uint8Array.from(code.binaryData))}`
    const [other] = await readBarcodes(image)
    console.log(`${text}, by ${name}: jsQR ${JSON.stringify(code.data)}${bytes}; zxing-wasm ${other.text}`)
  }
}
JS
echo 'jsQR 1.4.0, lean-qr 2.7.4, zint 2.11.1, qrcode 1.5.4, zxing-wasm 3.1.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'Jurgen, by qrcode: jsQR "Jurgen"; zxing-wasm Jurgen
Jurgen, by lean-qr: jsQR "Jurgen"; zxing-wasm Jurgen
Jurgen, by lean-qr, with UTF-8: jsQR "Jurgen"; zxing-wasm Jurgen
Jurgen, by zint: jsQR "Jurgen"; zxing-wasm Jurgen
Jürgen, by qrcode: jsQR "Jürgen"; zxing-wasm Jürgen
Jürgen, by lean-qr: jsQR "", its bytes Jürgen; zxing-wasm Jürgen
Jürgen, by lean-qr, with UTF-8: jsQR "Jürgen"; zxing-wasm Jürgen
Jürgen, by zint: jsQR "", its bytes Jürgen; zxing-wasm Jürgen
Jürgen, 5 €, by qrcode: jsQR "Jürgen, 5 €"; zxing-wasm Jürgen, 5 €
Jürgen, 5 €, by lean-qr: jsQR "Jürgen, 5 €"; zxing-wasm Jürgen, 5 €
Jürgen, 5 €, by lean-qr, with UTF-8: jsQR "Jürgen, 5 €"; zxing-wasm Jürgen, 5 €
Jürgen, 5 €, by zint: jsQR "", its bytes Jürgen, 5 ¤; zxing-wasm Jürgen, 5 €' ]
