#!/usr/bin/env bash
# One would guess that the fields of a GS1 code, as it is on goods that a shop gets, arrive as they were written. A field of no fixed length,
# like a batch, ends with a sign of its own. @zxing/library leaves that sign out of a bar code: the batch ABC123 and the day 261101
# are the batch ABC12317261101, without a day, and no program can part them again. The same fields in a QR code or a Data Matrix have
# the sign, in the latter with one more in front, and zxing-wasm, of the same origin, has it in all three. What helps: the hint
# `ASSUME_GS1`, of which the README has no word. It puts `]C1` in front of a bar code, which then is taken away.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund bwip-js@4.11.4 pngjs@7.0.0 @zxing/library@0.21.3 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from '@zxing/library'
import bwip from 'bwip-js'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } })

function ofZxing({ data, width, height }, hints) {
  const grey = Uint8ClampedArray.from({ length: width * height }, (_, index) => data[index * 4])
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))
  return new MultiFormatReader().decode(bitmap, hints).getText()
}
const visible = (text) => text.replaceAll('\x1d', '<GS>')
for (const kind of ['gs1-128', 'gs1qrcode', 'gs1datamatrix']) {
  const options = { bcid: kind, text: '(01)09521234543213(10)ABC123(17)261101', scale: 3, padding: 10, backgroundcolor: 'FFFFFF' }
  const { data, width, height } = PNG.sync.read(await bwip.toBuffer(options))
  const image = { data: new Uint8ClampedArray(data), width, height }
  console.log(`${kind}, @zxing/library: ${visible(ofZxing(image))}`)
  console.log(`${kind}, with ASSUME_GS1: ${visible(ofZxing(image, new Map([[DecodeHintType.ASSUME_GS1, true]])))}`)
  console.log(`${kind}, zxing-wasm: ${visible((await readBarcodes(image, { textMode: 'Plain' }))[0].text)}`)
}
JS
echo 'bwip-js 4.11.4, @zxing/library 0.21.3, zxing-wasm 3.1.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'gs1-128, @zxing/library: 010952123454321310ABC12317261101
gs1-128, with ASSUME_GS1: ]C1010952123454321310ABC123<GS>17261101
gs1-128, zxing-wasm: 010952123454321310ABC123<GS>17261101
gs1qrcode, @zxing/library: 010952123454321310ABC123<GS>17261101
gs1qrcode, with ASSUME_GS1: 010952123454321310ABC123<GS>17261101
gs1qrcode, zxing-wasm: 010952123454321310ABC123<GS>17261101
gs1datamatrix, @zxing/library: <GS>010952123454321310ABC123<GS>17261101
gs1datamatrix, with ASSUME_GS1: <GS>010952123454321310ABC123<GS>17261101
gs1datamatrix, zxing-wasm: 010952123454321310ABC123<GS>17261101' ]
