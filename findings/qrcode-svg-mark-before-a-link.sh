#!/usr/bin/env bash
# One would guess that a link in a QR code begins with https. qrcode-svg puts three bytes in front of each text that isn't plain: the byte
# order mark, by which programs of Windows know UTF-8. It has no width, so a page that shows what was read shows nothing of it. But
# a link to /tee/grün is no valid URL, a list finds no ticket Ü-7, and a payment code with an umlaut doesn't begin with BCD. jsQR hands
# the mark on, and zxing-wasm takes it away. Codes of qrcode have none, nor have plain texts. The README has no word on it. What
# helps: encodeURI for links, `text.replace(/^\uFEFF/, '')` for what was read, or another library.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund qrcode-svg@1.1.0 qrcode@1.5.4 jsqr@1.4.0 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsQr from 'jsqr'
import QrCode from 'qrcode'
import QrSvg from 'qrcode-svg'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })

const writers = {
  'qrcode-svg': (text) => {
    const { modules } = new QrSvg({ content: text }).qrcode
    return [modules.length, (row, column) => modules[row][column]]
  },
  qrcode: (text) => {
    const { modules } = QrCode.create(text)
    return [modules.size, (row, column) => modules.get(row, column)]
  },
}
/** An image with eight pixels for each square of a code. */
function drawn([size, isDark]) {
  const width = (size + 8) * 8
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    const row = Math.floor(pixel / width / 8) - 4
    const column = Math.floor((pixel % width) / 8) - 4
    const inside = Math.min(row, column) >= 0 && Math.max(row, column) < size
    if (inside && isDark(row, column)) data.fill(0, pixel * 4, pixel * 4 + 3)
  }
  return { data, width, height: width }
}
const visible = (text) => text.replace(/^\uFEFF/, '[mark]')
for (const text of ['https://shop.example/tea', 'https://shop.example/tee/grün', encodeURI('https://shop.example/tee/grün')]) {
  for (const [name, write] of Object.entries(writers)) {
    const image = drawn(write(text))
    const seen = jsQr(image.data, image.width, image.height).data
    console.log(`${text}, ${name}: jsQR ${visible(seen)}, a valid link: ${URL.canParse(seen)}`)
    console.log(`  zxing-wasm ${visible((await readBarcodes(image))[0].text)}`)
  }
}
JS
echo 'qrcode-svg 1.1.0, qrcode 1.5.4, jsQR 1.4.0, zxing-wasm 3.1.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'https://shop.example/tea, qrcode-svg: jsQR https://shop.example/tea, a valid link: true
  zxing-wasm https://shop.example/tea
https://shop.example/tea, qrcode: jsQR https://shop.example/tea, a valid link: true
  zxing-wasm https://shop.example/tea
https://shop.example/tee/grün, qrcode-svg: jsQR [mark]https://shop.example/tee/grün, a valid link: false
  zxing-wasm https://shop.example/tee/grün
https://shop.example/tee/grün, qrcode: jsQR https://shop.example/tee/grün, a valid link: true
  zxing-wasm https://shop.example/tee/grün
https://shop.example/tee/gr%C3%BCn, qrcode-svg: jsQR https://shop.example/tee/gr%C3%BCn, a valid link: true
  zxing-wasm https://shop.example/tee/gr%C3%BCn
https://shop.example/tee/gr%C3%BCn, qrcode: jsQR https://shop.example/tee/gr%C3%BCn, a valid link: true
  zxing-wasm https://shop.example/tee/gr%C3%BCn' ]
