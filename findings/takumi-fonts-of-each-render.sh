#!/usr/bin/env bash
# One would guess that a font belongs to the render that it is given to: `renderer.render(node, { fonts: [await readFile(…)] })`
# is how the README shows it. The renderer keeps every font, and recognizes one by its Buffer object, not by its bytes or its
# name. So a server that keeps its renderer and reads the file for each picture also keeps a copy of the font for each
# picture. What helps is to read the file once and pass the same Buffer, to give the font a `key`, or to make a renderer for
# each picture.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @takumi-rs/core@2.16.3 @fontsource-variable/noto-sans@5.3.0 > /dev/null

cat > pictures.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { Renderer } from '@takumi-rs/core'

const file = 'node_modules/@fontsource-variable/noto-sans/files/noto-sans-latin-ext-wdth-normal.woff2'
const name = 'Noto Sans'
const once = readFileSync(file)
const fontOf = {
  'read once': () => ({ name, data: once }),
  'read each time': () => ({ name, data: readFileSync(file) }),
  'read each time, with a key': () => ({ name, key: 'noto', data: readFileSync(file) }),
}[process.argv[2]]
const size = { width: 64, height: 64 }
const node = { type: 'container', style: size, children: [{ type: 'text', text: 'Five cents' }] }
const renderer = new Renderer()

async function draw(pictures) {
  for (let i = 0; i < pictures; i++) await renderer.render(node, { ...size, format: 'png', fonts: [fontOf()] })
  global.gc()
  return process.memoryUsage().rss / 1e6
}

const before = await draw(20)
const after = await draw(200)
console.error(`font ${process.argv[2]}: ${Math.round(after - before)} MB more after 200 pictures`)
// 58 MB are the 200 files as they are, compressed.
console.log(`${process.argv[2]}: ${after - before > 58 ? 'grows' : 'does not grow'}`)
JS
echo '@takumi-rs/core 2.16.3:'
seen=$(for how in 'read once' 'read each time' 'read each time, with a key'; do node --expose-gc pictures.mjs "$how"; done)
echo "$seen"
[ "$seen" = 'read once: does not grow
read each time: grows
read each time, with a key: does not grow' ]
