#!/usr/bin/env bash
# One would guess that a font which opentype.js reads and saves, after a new name for example, sets a text as before. Its README
# says that it supports kerning, and that a font can be saved. It doesn't write kerning: the tables for that, and those for
# marks above letters and for the screen, are not in the saved file, and there is no message. A line with AVATAR in it is wider
# afterwards, so a title is broken elsewhere, or runs into the price beside it. opentype.js itself measures the saved font without kerning
# as well. fonttools keeps all of it. What helps: fonttools for names, or the original wherever text is set.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq fonts-liberation=1:1.07.4-11 python3-fonttools=4.38.0-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund opentype.js@2.0.0 fontkit@2.0.4 > /dev/null
cp "$(find usr/share/fonts -name LiberationSans-Regular.ttf)" font.ttf

cat > save.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import opentype from 'opentype.js'
const font = opentype.parse(new Uint8Array(readFileSync('font.ttf')).buffer)
writeFileSync('opentype.js.ttf', Buffer.from(font.toArrayBuffer()))
JS
cat > look.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { openSync } from 'fontkit'
import opentype from 'opentype.js'
const file = process.argv[2]
const font = openSync(file)
const tables = ['GPOS', 'kern', 'GDEF', 'fpgm'].filter((name) => name in font.directory.tables)
const width = (font.layout('AVATAR, Tea').advanceWidth / font.unitsPerEm) * 100
const own = opentype.parse(new Uint8Array(readFileSync(file)).buffer).getAdvanceWidth('AVATAR, Tea', 100)
console.log(`${file}: ${width.toFixed(0)} wide, ${own.toFixed(0)} to opentype.js; has ${tables.join(', ') || 'none of the tables'}`)
JS
node save.mjs
/usr/bin/python3 -c "from fontTools.ttLib import TTFont; TTFont('font.ttf').save('fonttools.ttf')"
echo 'opentype.js 2.0.0, fontkit 2.0.4, fonttools 4.38.0, Liberation Sans 1.07.4'
for file in font.ttf opentype.js.ttf fonttools.ttf; do node look.mjs $file; done | tee seen
[ "$(cat seen)" = 'font.ttf: 585 wide, 585 to opentype.js; has GPOS, kern, GDEF, fpgm
opentype.js.ttf: 628 wide, 628 to opentype.js; has none of the tables
fonttools.ttf: 585 wide, 585 to opentype.js; has GPOS, kern, GDEF, fpgm' ]
