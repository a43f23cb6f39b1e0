#!/usr/bin/env bash
# One would guess that a colour is valid and means what it says, or neither. TinyColor reads the three numbers of `rgb(255 0 0 / 50%)`,
# which is how CSS writes opacity today, and ignores the rest: it says that the colour is valid, and makes it opaque. And it takes a
# saturation or lightness of up to 1 for a share of the whole, and above that for a percentage. So a slider that goes down from 100 comes to
# grey at 2, to the most brilliant blue at 1, and to grey again at 0; a lightness of 1 is white. The README says that both are allowed, and
# not where the one ends. color, chroma.js and culori read the first correctly. What helps: one of these, and texts with a percent sign.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund chroma-js@3.2.0 color@5.0.3 culori@4.0.2 tinycolor2@1.6.0 > /dev/null

cat > try.mjs << 'JS'
import chroma from 'chroma-js'
import Color from 'color'
import { formatHex8 } from 'culori'
import tinycolor from 'tinycolor2'
const text = 'rgb(255 0 0 / 50%)'
console.log(`${text}: TinyColor ${tinycolor(text).toHex8String()}, valid ${tinycolor(text).isValid()}, color ${Color(text).hexa()}, chroma.js ${chroma(text).hex()}, culori ${formatHex8(text)}`)
for (const s of [3, 2, 1, 0]) console.log(`saturation ${s}: ${tinycolor({ h: 210, s, l: 50 }).toHexString()}, ${tinycolor(`hsl(210, ${s}%, 50%)`).toHexString()}`)
for (const l of [3, 2, 1, 0]) console.log(`lightness ${l}: ${tinycolor({ h: 210, s: 100, l }).toHexString()}, ${tinycolor(`hsl(210, 100%, ${l}%)`).toHexString()}`)
JS
echo 'tinycolor2 1.6.0, color 5.0.3, chroma-js 3.2.0, culori 4.0.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'rgb(255 0 0 / 50%): TinyColor #ff0000ff, valid true, color #FF000080, chroma.js #ff000080, culori #ff000080
saturation 3: #7c8083, #7c8083
saturation 2: #7d8082, #7d8082
saturation 1: #007fff, #7e8081
saturation 0: #808080, #808080
lightness 3: #00080f, #00080f
lightness 2: #00050a, #00050a
lightness 1: #ffffff, #000305
lightness 0: #000000, #000000' ]
