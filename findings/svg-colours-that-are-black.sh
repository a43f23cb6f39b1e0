#!/usr/bin/env bash
# One would guess that a colour in an SVG is that colour, or an error, for the programs that make a picture of it. What browsers and
# design programs write today, `var(--brand, green)` and `rgb(255 0 0 / 50%)`, is black in resvg-js and in takumi, which draws with
# the same library, without a word: a logo that is right on every page is a black spot on the card that is shared. Nickel's cards
# are drawn by takumi. librsvg of Debian 12 knows the second and has black for the first, and the librsvg in sharp's own build knows
# both. What helps: colours as `#rrggbb` with `fill-opacity`, which all of them draw alike, and a look at the card.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq librsvg2-bin=2.54.7+dfsg-1~deb12u2 librsvg2-2=2.54.7+dfsg-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund @resvg/resvg-js@2.6.2 @takumi-rs/core@2.16.3 sharp@0.35.5 > /dev/null

cat > logo.svg << 'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="4" height="1">
  <rect fill="var(--brand, #00ff00)" width="1" height="1"/>
  <rect fill="rgb(255 0 0 / 50%)" x="1" width="1" height="1"/>
  <rect fill="currentColor" color="#00ffff" x="2" width="1" height="1"/>
  <rect fill="hsl(120, 100%, 50%)" x="3" width="1" height="1"/>
</svg>
SVG
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/rsvg-convert --output librsvg.png logo.svg
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { Renderer } from '@takumi-rs/core'
import sharp from 'sharp'
const names = ['var(…)', 'rgb(… / 50%)', 'currentColor', 'hsl(…)']
const logo = readFileSync('logo.svg')
const node = { type: 'image', src: `data:image/svg+xml;base64,${logo.toString('base64')}`, style: { width: 4, height: 1 } }
const pictures = {
  'resvg-js': new Resvg(logo.toString()).render().asPng(),
  takumi: await new Renderer().render(node, { width: 4, height: 1, format: 'png' }),
  librsvg: readFileSync('librsvg.png'),
  sharp: await sharp(logo).png().toBuffer(),
}
for (const [program, picture] of Object.entries(pictures)) {
  const pixels = (await sharp(picture).ensureAlpha().raw().toBuffer()).toString('hex').match(/.{8}/g)
  console.log(`${program}: ${names.map((name, i) => `${name} ${pixels[i] === '000000ff' ? 'black' : pixels[i]}`).join(', ')}`)
}
JS
echo 'resvg-js 2.6.2, takumi 2.16.3, librsvg 2.54.7, sharp 0.35.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'resvg-js: var(…) black, rgb(… / 50%) black, currentColor 00ffffff, hsl(…) 00ff00ff
takumi: var(…) black, rgb(… / 50%) black, currentColor 00ffffff, hsl(…) 00ff00ff
librsvg: var(…) black, rgb(… / 50%) ff000080, currentColor 00ffffff, hsl(…) 00ff00ff
sharp: var(…) 00ff00ff, rgb(… / 50%) ff000080, currentColor 00ffffff, hsl(…) 00ff00ff' ]
