#!/usr/bin/env bash
# One would guess that image-size, which names the orientation of a turned photograph, names it for all formats that have one. It does
# so for JPEG alone. PNG has the same mark (its eXIf chunk), and AVIF says it in a box of its own, `irot`; sharp writes and reads
# both, and Chromium turns such pictures as it turns a JPEG. So a page that reserves space by image-size's width and height has the space
# of a lying picture for a standing one. (Of WebP, Chromium ignores the mark, and sharp doesn't.) What helps: sharp's
# `metadata()`, whose `autoOrient` has the size after turning, or to save pictures already turned.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund image-size@2.1.0 sharp@0.35.5 > /dev/null

cat > try.mjs << 'JS'
import { imageSize } from 'image-size'
import sharp from 'sharp'
const lying = sharp({ create: { width: 120, height: 80, channels: 3, background: 'teal' } })
for (const format of ['jpeg', 'png', 'avif']) {
  const turned = await lying.clone().toFormat(format).withMetadata({ orientation: 6 }).toBuffer()
  const { width, height, orientation = 'none' } = imageSize(turned)
  const { autoOrient } = await sharp(turned).metadata()
  console.log(`${format}: image-size ${width}x${height}, orientation ${orientation}; sharp ${autoOrient.width}x${autoOrient.height}`)
}
JS
node -p '["image-size", "sharp"].map((name) =>
  `${name} ${JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, "utf8")).version}`).join(", ")'
node try.mjs | tee seen
[ "$(cat seen)" = 'jpeg: image-size 120x80, orientation 6; sharp 80x120
png: image-size 120x80, orientation none; sharp 80x120
avif: image-size 120x80, orientation none; sharp 80x120' ]
