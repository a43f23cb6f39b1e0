#!/usr/bin/env bash
# One would guess that a picture which is made smaller and then turned is the whole picture. sharp does both in one go, and with
# `resize(150).rotate(90)`, or with both sides given, the result is a square: the ends are cut off, and no error says so. Turned first, it
# is the whole picture, and so it is in two steps, by 180°, and for one that stands with its height given, so it depends on the picture.
# Jimp has the whole, and turns by 90° to the left, where sharp turns to the right: the blue of the bottom is on the other side. What helps:
# `rotate` before `resize`, with the sides that the turned picture is to have, or two steps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sharp@0.35.5 jimp@1.6.1 > /dev/null

cat > try.mjs << 'JS'
import { Jimp } from 'jimp'
import sharp from 'sharp'
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="600"><path fill="red" d="M0 0h300v200H0z"/><path fill="lime" d="M0 200h300v200H0z"/><path fill="blue" d="M0 400h300v200H0z"/></svg>'
const picture = await sharp(Buffer.from(svg)).flatten().png().toBuffer()
const names = { 255: 'red', 65280: 'green', 16711680: 'blue' }
const show = async (name, png) => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const middle = Math.floor(info.height / 2)
  const shares = {}
  for (let x = 0; x < info.width; x++) {
    const colour = names[data.readUIntLE(3 * (middle * info.width + x), 3)] ?? 'between'
    shares[colour] = (shares[colour] ?? 0) + 1
  }
  const parts = Object.entries(shares).filter(([, share]) => share > 2).map(([colour, share]) => `${colour} ${Math.round(share / 5) * 5}`)
  console.log(`${name}: ${info.width} × ${info.height}, from left to right ${parts.join(', ')}`)
}
const smaller = await sharp(picture).resize(150).png().toBuffer()
await show('smaller, then turned, in two', await sharp(smaller).rotate(90).png().toBuffer())
await show('resize(150).rotate(90)', await sharp(picture).resize(150).rotate(90).png().toBuffer())
await show('resize(150, 300).rotate(90)', await sharp(picture).resize(150, 300).rotate(90).png().toBuffer())
await show('resize({ height: 300 }).rotate(90)', await sharp(picture).resize({ height: 300 }).rotate(90).png().toBuffer())
await show('rotate(90).resize(300)', await sharp(picture).rotate(90).resize(300).png().toBuffer())
await show('Jimp, resize and rotate(90)', await (await Jimp.read(picture)).resize({ w: 150 }).rotate(90).getBuffer('image/png'))
JS
echo 'sharp 0.35.5, jimp 1.6.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'smaller, then turned, in two: 300 × 150, from left to right blue 100, between 10, green 95, red 100
resize(150).rotate(90): 150 × 150, from left to right blue 25, between 10, green 95, red 25
resize(150, 300).rotate(90): 150 × 150, from left to right blue 25, between 10, green 95, red 25
resize({ height: 300 }).rotate(90): 300 × 150, from left to right blue 100, between 10, green 95, red 100
rotate(90).resize(300): 300 × 150, from left to right blue 100, between 10, green 95, red 100
Jimp, resize and rotate(90): 300 × 150, from left to right red 100, green 100, blue 100' ]
