#!/usr/bin/env bash
# One would guess that a number with its check digit makes the same bars as one without it, where a program computes that digit.
# zint takes an EAN of a large package in both ways, with 12 or 13 digits. Of a small package, whose number has eight digits, it
# takes the first seven. All eight, as they are printed below the bars and kept in a list of products, are padded with zeros to
# twelve and get a second check digit: the label has thirteen digits, is that of another product, and is valid. The exit code is
# 0. bwip-js takes seven or eight digits for such a code. What helps: `-b EANX_CHK` for numbers that have their check digit, of
# either length, which also finds a digit that is wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq zint=2.11.1-1 libzint2.11=2.11.1-1 libpng16-16=1.6.39-2+deb12u6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib:usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund --ignore-scripts bwip-js@4.11.4 zxing-wasm@3.1.6 > /dev/null

cat > try.mjs << 'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import bwip from 'bwip-js'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
prepareZXingModule({ overrides: { wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer } })
const read = async (png) => (await readBarcodes(png)).map(({ format, text }) => `${format} ${text}`).join() || 'nothing'
const look = { scale: 3, height: 15, paddingwidth: 20, paddingheight: 10, backgroundcolor: 'FFFFFF' }
for (const text of ['400638133393', '4006381333931', '9638507', '96385074']) {
  const zint = async (kind) => {
    execFileSync('usr/bin/zint', ['-b', kind, '-d', text, '--scale', '2', '--quietzones', '-o', 'zint.png'])
    return `${kind} ${await read(readFileSync('zint.png'))}`
  }
  const checked = text.length === 13 || text.length === 8 ? `, ${await zint('EANX_CHK')}` : ''
  const other = await bwip.toBuffer({ bcid: text.length < 9 ? 'ean8' : 'ean13', text, ...look })
  console.log(`${text}: zint ${await zint('EANX')}${checked}, bwip-js ${await read(other)}`)
}
JS
echo "$(usr/bin/zint --version), bwip-js 4.11.4, zxing-wasm 3.1.6"
node try.mjs | tee seen
[ "$(cat seen)" = '400638133393: zint EANX EAN13 4006381333931, bwip-js EAN13 4006381333931
4006381333931: zint EANX EAN13 4006381333931, EANX_CHK EAN13 4006381333931, bwip-js EAN13 4006381333931
9638507: zint EANX EAN8 96385074, bwip-js EAN8 96385074
96385074: zint EANX EAN13 0000963850742, EANX_CHK EAN8 96385074, bwip-js EAN8 96385074' ]
