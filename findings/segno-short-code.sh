#!/usr/bin/env bash
# One would guess that a library for QR codes makes one of those that every phone reads. Python's segno makes a Micro QR code where the text
# is short enough for it: with up to 35 digits, or 15 small letters, so for a code on a ticket or an order number, though not for
# a link. It looks like a QR code with one corner of three, and jsQR, zbar's port to browsers and @zxing/library find nothing in it;
# zxing-wasm reads it. As the length decides, a test with a link says that all is well. The documentation has it at the option
# `micro`. What helps: `segno.make(text, micro=False)` or `segno.make_qr`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-segno=1.4.1-1 2> /dev/null
dpkg -x python3-segno_*.deb .
npm install --silent --no-audit --no-fund jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 @zxing/library@0.21.3 zxing-wasm@3.1.6 \
  pngjs@7.0.0 > /dev/null

cat > write.py << 'PY'
import sys
import segno
code = (segno.make_qr if sys.argv[1] == 'make_qr' else segno.make)(sys.argv[2])
code.save('code.png', scale=8)
print(code.designator)
PY
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { scanRGBABuffer } from '@undecaf/zbar-wasm'
import { BinaryBitmap, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from '@zxing/library'
import jsQr from 'jsqr'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })
const { data, width, height } = PNG.sync.read(readFileSync('code.png'))
const image = { data: new Uint8ClampedArray(data), width, height }
function ofZxing() {
  const grey = Uint8ClampedArray.from({ length: width * height }, (_, index) => data[index * 4])
  try {
    return new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))).getText()
  } catch {
    return undefined
  }
}
const readers = {
  jsQR: jsQr(image.data, width, height)?.data,
  'zbar-wasm': (await scanRGBABuffer(new Uint8Array(data).buffer, width, height))[0]?.decode(),
  '@zxing/library': ofZxing(),
  'zxing-wasm': (await readBarcodes(image))[0]?.text,
}
console.log(Object.entries(readers).map(([name, text]) => `${name} ${text ?? 'nothing'}`).join(', '))
JS
echo 'segno 1.4.1, jsQR 1.4.0, zbar-wasm 0.11.0, @zxing/library 0.21.3, zxing-wasm 3.1.6'
while read -r function text; do
  version=$(PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 write.py "$function" "$text")
  echo "$function $text, $version:"
  echo "  $(node read.mjs)"
done << 'TEXTS' | tee seen
make A7-1000
make 4006381333931
make https://a.example/1
make_qr A7-1000
TEXTS
[ "$(cat seen)" = 'make A7-1000, M3-M:
  jsQR nothing, zbar-wasm nothing, @zxing/library nothing, zxing-wasm A7-1000
make 4006381333931, M3-M:
  jsQR nothing, zbar-wasm nothing, @zxing/library nothing, zxing-wasm 4006381333931
make https://a.example/1, 2-Q:
  jsQR https://a.example/1, zbar-wasm https://a.example/1, @zxing/library https://a.example/1, zxing-wasm https://a.example/1
make_qr A7-1000, 1-H:
  jsQR A7-1000, zbar-wasm A7-1000, @zxing/library A7-1000, zxing-wasm A7-1000' ]
