#!/usr/bin/env bash
# One would guess that the contrast of a faint text is that of what one sees. Where its colour is black at 30 %, as many a palette has it,
# color, chroma.js, culori and TinyColor leave the opacity out and say 21, the highest contrast that there is, for a text of which a reader
# sees 2.1. TinyColor's `isReadable` agrees, and none of them warns. The same holds for the background, where a veil of 10 % is as good as a
# black wall. What helps: to mix the two first, as below, or a check in a browser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund chroma-js@3.2.0 color@5.0.3 culori@4.0.2 tinycolor2@1.6.0 > /dev/null

cat > try.mjs << 'JS'
import chroma from 'chroma-js'
import Color from 'color'
import { blend, formatHex, wcagContrast } from 'culori'
import tinycolor from 'tinycolor2'
const text = 'rgba(0, 0, 0, 0.3)'
const page = '#ffffff'
const seen = formatHex(blend([page, text]))
for (const colour of [text, seen]) {
  const found = {
    color: Color(colour).contrast(Color(page)),
    'chroma-js': chroma.contrast(colour, page),
    culori: wcagContrast(colour, page),
    tinycolor2: tinycolor.readability(colour, page)
  }
  const readable = tinycolor.isReadable(colour, page) ? 'readable' : 'not readable'
  console.log(`${colour}: ${Object.entries(found).map(([name, contrast]) => `${name} ${contrast.toFixed(1)}`).join(', ')}, ${readable}`)
}
JS
echo 'color 5.0.3, chroma-js 3.2.0, culori 4.0.2, tinycolor2 1.6.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'rgba(0, 0, 0, 0.3): color 21.0, chroma-js 21.0, culori 21.0, tinycolor2 21.0, readable
#b3b3b3: color 2.1, chroma-js 2.1, culori 2.1, tinycolor2 2.1, not readable' ]
