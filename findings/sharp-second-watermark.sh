#!/usr/bin/env bash
# One would guess that a chain of calls does one thing after the other, as sharp's looks like it. A second `composite` replaces the first,
# so a watermark and then a badge are a badge, and no error says so. The order of the calls is not the order of the work: the mark is put on
# after `greyscale`, wherever that stands, and before `linear` and `negate`. So a picture that is to be grey with all that is on it has a
# red mark, and one that is to be darker has a darker mark. What helps: one list for `composite`, and a second pipeline with the result of
# the first for what is to come later.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sharp@0.35.5 > /dev/null

cat > try.mjs << 'JS'
import sharp from 'sharp'
const plain = (width, height, background) => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer()
const picture = await plain(90, 90, '#cc9966')
const mark = { input: await plain(30, 30, 'red'), left: 0, top: 0 }
const badge = { input: await plain(30, 30, 'blue'), left: 60, top: 0 }
const show = async (name, pipeline) => {
  const png = await pipeline.png().toBuffer()
  const { data, info } = await sharp(png).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x) => `#${data.subarray(3 * (5 * info.width + x), 3 * (5 * info.width + x) + 3).toString('hex')}`
  const width = info.width
  console.log(`${name}: mark ${at(5)}, picture ${at(Math.floor(width / 2))}, badge ${at(width - 5)}`)
}
await show('one list', sharp(picture).composite([mark, badge]))
await show('two calls', sharp(picture).composite([mark]).composite([badge]))
await show('then grey', sharp(picture).composite([mark, badge]).greyscale())
await show('then darker', sharp(picture).composite([mark, badge]).linear(0.5))
await show('then negated', sharp(picture).composite([mark, badge]).negate())
await show('two pipelines', sharp(await sharp(picture).composite([mark, badge]).png().toBuffer()).greyscale())
JS
echo 'sharp 0.35.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'one list: mark #ff0000, picture #cc9966, badge #0000ff
two calls: mark #cc9966, picture #cc9966, badge #0000ff
then grey: mark #ff0000, picture #a3a3a3, badge #0000ff
then darker: mark #7f0000, picture #664c33, badge #00007f
then negated: mark #00ffff, picture #336699, badge #ffff00
two pipelines: mark #7f7f7f, picture #a3a3a3, badge #4c4c4c' ]
