#!/usr/bin/env bash
# One would guess that a QR code with a transparent background, for which qrcode has an option, can be read as long as the page
# behind it is light. A program that reads the file sees no page: decoders ignore transparency, and transparent pixels are
# black, so the code is black on black. Decoders also differ about a light code on a dark ground: jsqr tries both ways, zbar
# only dark on light. So give a code a white ground of its own, in dark mode as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund qrcode@1.5.4 pngjs@7.0.0 jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 > /dev/null

cat > try.mjs << 'JS'
import { scanRGBABuffer } from '@undecaf/zbar-wasm'
import jsQr from 'jsqr'
import { PNG } from 'pngjs'
import { toBuffer } from 'qrcode'
const url = 'https://shop.example.org/'
for (const [what, color] of Object.entries({
  usual: {},
  'transparent background': { light: '#0000' },
  'light on dark': { dark: '#ffff', light: '#000f' },
})) {
  const { data, width, height } = PNG.sync.read(await toBuffer(url, { color }))
  const byJsQr = jsQr(new Uint8ClampedArray(data), width, height)?.data === url
  const [byZbar] = await scanRGBABuffer(new Uint8Array(data).buffer, width, height)
  console.log(`${what}: jsqr ${byJsQr ? 'reads' : 'finds nothing'}, zbar ${byZbar?.decode() === url ? 'reads' : 'finds nothing'}`)
}
JS
echo "qrcode 1.5.4, jsqr 1.4.0, @undecaf/zbar-wasm 0.11.0"
node try.mjs | tee seen
[ "$(cat seen)" = 'usual: jsqr reads, zbar reads
transparent background: jsqr finds nothing, zbar finds nothing
light on dark: jsqr reads, zbar finds nothing' ]
