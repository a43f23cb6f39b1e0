#!/usr/bin/env bash
# One would guess that image-size reads the size of any SVG that says one. The numbers of a `viewBox` may stand between spaces, commas or
# both, and drawing programs write all of these. image-size wants spaces: with commas alone there is neither width nor height, and
# with commas and spaces there is a height without a width. It doesn't throw then, and says that this is an SVG, so a layout that divides one by
# the other gets NaN. sharp reads the same files. What helps: to ask for both sides, or to save the file with spaces.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund image-size@2.1.0 sharp@0.35.5 > /dev/null

cat > try.mjs << 'JS'
import { imageSize } from 'image-size'
import sharp from 'sharp'
for (const viewBox of ['0 0 300 200', '0,0,300,200', '0, 0, 300, 200']) {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"><path d="M0 0h9v9z"/></svg>`)
  const { type, width, height } = imageSize(svg)
  const drawn = await sharp(svg).metadata()
  console.log(`${viewBox}: image-size ${type} ${width} x ${height}, sharp ${drawn.format} ${drawn.width} x ${drawn.height}`)
}
JS
node -p '["image-size", "sharp"].map((name) => `${name} ${JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version}`).join(", ")'
node try.mjs | tee seen
[ "$(cat seen)" = '0 0 300 200: image-size svg 300 x 200, sharp svg 300 x 200
0,0,300,200: image-size svg undefined x undefined, sharp svg 300 x 200
0, 0, 300, 200: image-size svg undefined x 200, sharp svg 300 x 200' ]
