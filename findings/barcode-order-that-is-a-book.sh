#!/usr/bin/env bash
# One would guess that a bar code of the order 1234567890 is read as that. GNU barcode chooses the kind of code by the number of digits, if
# it's told none. Nine and ten are an ISBN: the order is read as the book 9781234567897, and so is the order 123456789. Seven, eleven and
# twelve get a last digit, and six can be a UPC-E. Eight are what was given, so a test with one number says little. The manual page
# has it as the best fit. What helps: `-e 128`. In Code 39, `-e 39`, a check character is added, which readers take for a part of the
# text, TEA1B, unless there is `-c`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq barcode=0.99-6 2> /dev/null
dpkg -x barcode_*.deb .
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:usr/lib
npm install --silent --no-audit --no-fund sharp@0.35.5 zxing-wasm@3.1.6 > /dev/null

cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })
for (const [index, options] of readFileSync('options', 'utf8').trim().split('\n').entries()) {
  const picture = sharp(`${index + 1}.svg`, { density: 144 }).extend({ top: 40, bottom: 40, left: 90, right: 90, background: '#fff' })
  const { data, info } = await picture.flatten({ background: '#fff' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const [code] = await readBarcodes({ data: new Uint8ClampedArray(data), width: info.width, height: info.height })
  console.log(`${options}: ${code ? `${code.text} (${code.format})` : 'nothing'}`)
}
JS
echo 'GNU barcode 0.99, zxing-wasm 3.1.6'
cat > options << 'OPTIONS'
-b 9999999
-b 10000000
-b 123456
-b 123456789
-b 1234567890
-b 12345678901
-b 123456789012
-b 1234567890123
-e 128 -b 1234567890
-e 39 -b TEA1
-e 39 -c -b TEA1
OPTIONS
number=0
while read -r options; do
  number=$((number + 1))
  # shellcheck disable=SC2086
  usr/bin/barcode -S $options -o $number.svg
done < options
node read.mjs | tee seen
[ "$(cat seen)" = '-b 9999999: 99999995 (EAN8)
-b 10000000: 10000000 (Code128)
-b 123456: 0012345000065 (UPCE)
-b 123456789: 9781234567897 (EAN13)
-b 1234567890: 9781234567897 (EAN13)
-b 12345678901: 0123456789012 (EAN13)
-b 123456789012: 1234567890128 (EAN13)
-b 1234567890123: 1234567890123 (Code128)
-e 128 -b 1234567890: 1234567890 (Code128)
-e 39 -b TEA1: TEA1B (Code39)
-e 39 -c -b TEA1: TEA1 (Code39)' ]
