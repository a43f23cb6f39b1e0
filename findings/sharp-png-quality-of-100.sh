#!/usr/bin/env bash
# One would guess that a quality of 100 is the best, and that PNG, which loses nothing, has no use for it. In sharp, `png({ quality:
# 100 })` makes a picture of 256 colours, and so do `effort: 10`, which sounds like time spent on a smaller file, and `dither`: each
# of them turns the palette on. Only `compressionLevel`, `progressive` and `adaptiveFiltering` leave the colours alone. A photograph
# has bands in its sky, and a picture that is compared by its pixels differs. For WebP the same two options keep every colour. It's
# in the reference, in one line for each. What helps: `compressionLevel: 9`, or `palette: false` beside the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sharp@0.35.5 > /dev/null

cat > try.mjs << 'JS'
import sharp from 'sharp'
const width = 64
const data = Buffer.alloc(width * width * 3)
for (let i = 0; i < width * width; i++) data.set([(i % width) * 4, Math.floor(i / width) * 4, 128], i * 3)
const picture = () => sharp(data, { raw: { width, height: width, channels: 3 } })
async function colours(encoded) {
  const pixels = await sharp(await encoded.toBuffer()).removeAlpha().raw().toBuffer()
  return new Set(pixels.toString('hex').match(/.{6}/g)).size
}
for (const options of [{}, { compressionLevel: 9 }, { quality: 100 }, { effort: 10 }, { quality: 100, palette: false }]) {
  console.log(`png ${JSON.stringify(options)}: ${await colours(picture().png(options))} colours`)
}
console.log(`webp, lossless and effort 6: ${await colours(picture().webp({ lossless: true, effort: 6 }))} colours`)
JS
echo 'sharp 0.35.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'png {}: 4096 colours
png {"compressionLevel":9}: 4096 colours
png {"quality":100}: 256 colours
png {"effort":10}: 256 colours
png {"quality":100,"palette":false}: 4096 colours
webp, lossless and effort 6: 4096 colours' ]
