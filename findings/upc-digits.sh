#!/usr/bin/env bash
# One would guess that the number under a bar code is what a reader gives. The bars of an American UPC, which has twelve digits
# under it, are those of a European number with a zero in front, and a reader has to choose. zbar and zxing-wasm (zxing-cpp)
# give thirteen digits. @zxing/library, a port of the same ZXing, gives twelve, also where a European code has thirteen under it
# and begins with a zero. The eight digits of a UPC-E, for small packages, are spelled out by the first two, to thirteen, and
# aren't read by the third. So a shop that takes its products in with one of them and sells them with another doesn't find them.
# What helps: zeros in front up to 14 digits (GTIN-14) before numbers are compared; `-Supca.enable` makes zbar give twelve.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq zbar-tools=0.23.92-7+deb12u1 libzbar0=0.23.92-7+deb12u1 libv4l-0=1.22.1-5+b2 \
  libv4lconvert0=1.22.1-5+b2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund bwip-js@4.11.4 pngjs@7.0.0 @zxing/library@0.21.3 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import bwip from 'bwip-js'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
prepareZXingModule({ overrides: { wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer } })
const zxing = createRequire(import.meta.url)('@zxing/library')
function ofZxing(file) {
  const { data, width, height } = PNG.sync.read(readFileSync(file))
  const grey = Uint8ClampedArray.from({ length: width * height }, (_, index) => data[4 * index])
  const source = new zxing.RGBLuminanceSource(grey, width, height)
  try {
    return new zxing.MultiFormatReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))).getText()
  } catch (error) {
    return error.constructor.name
  }
}
const ofZbar = (file, ...options) =>
  execFileSync('usr/bin/zbarimg', ['--quiet', '--raw', ...options, file], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString().trim()
const look = { scale: 3, height: 15, paddingwidth: 20, paddingheight: 10, backgroundcolor: 'FFFFFF' }
for (const number of ['ean13 4006381333931', 'ean13 0012345678905', 'upca 012345678905', 'upce 01234565']) {
  const [bcid, text] = number.split(' ')
  const file = `${bcid}-${text}.png`
  writeFileSync(file, await bwip.toBuffer({ bcid, text, ...look }))
  const [{ text: ofWasm }] = await readBarcodes(readFileSync(file))
  console.log(number)
  console.log(`  zbar ${ofZbar(file)}, with -Supca.enable ${ofZbar(file, '-Supca.enable')}`)
  console.log(`  zxing-wasm ${ofWasm}, @zxing/library ${ofZxing(file)}`)
}
JS
echo 'zbar 0.23.92, zxing-wasm 3.1.6, @zxing/library 0.21.3, bwip-js 4.11.4'
node try.mjs | tee seen
[ "$(cat seen)" = 'ean13 4006381333931
  zbar 4006381333931, with -Supca.enable 4006381333931
  zxing-wasm 4006381333931, @zxing/library 4006381333931
ean13 0012345678905
  zbar 0012345678905, with -Supca.enable 012345678905
  zxing-wasm 0012345678905, @zxing/library 012345678905
upca 012345678905
  zbar 0012345678905, with -Supca.enable 012345678905
  zxing-wasm 0012345678905, @zxing/library 012345678905
upce 01234565
  zbar 0012345000065, with -Supca.enable 012345000065
  zxing-wasm 0012345000065, @zxing/library NotFoundException' ]
