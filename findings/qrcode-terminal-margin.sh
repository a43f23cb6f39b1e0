#!/usr/bin/env bash
# One would guess that a code has the margin that one asks for, in whatever form it is drawn. qrcode draws pictures with it. On a
# terminal, the option does nothing: the margin is always one module, where the standard of QR codes wants four. In the form of
# plain characters, it works if it is even, and an odd one is an error about the length of an array.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund qrcode@1.5.4 > /dev/null

cat > try.cjs << 'JS'
const { toString } = require('qrcode')
const draw = (type, margin) => toString('https://shop.example.org/', { type, margin }).catch(({ name }) => name)
async function run() {
  for (const type of ['svg', 'terminal', 'utf8']) {
    const [none, odd, even] = await Promise.all([0, 1, 4].map((margin) => draw(type, margin)))
    const compare = (drawn) => (drawn.length < 20 ? drawn : drawn === none ? 'as with none' : 'wider')
    console.log(`${type}: a margin of 1 is ${compare(odd)}, of 4 ${compare(even)}`)
  }
}
run()
JS
echo "qrcode $(node -p 'require("qrcode/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'svg: a margin of 1 is wider, of 4 wider
terminal: a margin of 1 is as with none, of 4 as with none
utf8: a margin of 1 is RangeError, of 4 wider' ]
