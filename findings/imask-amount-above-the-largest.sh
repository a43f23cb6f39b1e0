#!/usr/bin/env bash
# One would guess that a field for amounts with a largest one shows that one, or an error, for what is above it. IMask
# drops digits until the amount fits: with `max: 100`, 120.25 is 12.25, and 150 is 15. It is meant for somebody who
# types, where the key has no effect. But the same happens to an amount that the program sets, or that comes from a
# database into a form: a price of 120.25 that was fine before there was a limit is saved as 12.25 by somebody who opens
# the form to correct a title. What is too small becomes the smallest amount at once. Inputmask takes the largest one.
# What helps: `autofix: true`, with which it is 100, or a limit that is checked without the mask.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts imask@7.6.1 inputmask@5.0.10 jsdom@29.1.1 > /dev/null

cat > try.cjs << 'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('')
const { customElements, document, HTMLElement } = window
Object.assign(globalThis, { window, customElements, document, HTMLElement, innerWidth: 1200, matchMedia: () => ({ matches: false }) })
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true })
const IMask = require('imask').default
const { default: inputmask } = require('inputmask')
const limits = { min: 10, max: 100 }
const masked = (amount, options) => {
  const mask = IMask.createMask({ mask: Number, scale: 2, radix: '.', ...limits, ...options })
  mask.typedValue = amount
  return mask.typedValue
}
for (const amount of [99.5, 120.25, 150, 1000, 5]) {
  console.log(`${amount}: IMask ${masked(amount)}, with autofix ${masked(amount, { autofix: true })}, Inputmask ${Number(inputmask.format(String(amount), { alias: 'decimal', digits: 2, ...limits }))}`)
}
JS
version() { node -p "JSON.parse(fs.readFileSync('node_modules/$1/package.json')).version"; }
echo "IMask $(version imask), Inputmask $(version inputmask)"
node try.cjs | tee seen
[ "$(cat seen)" = '99.5: IMask 99.5, with autofix 99.5, Inputmask 99.5
120.25: IMask 12.25, with autofix 100, Inputmask 100
150: IMask 15, with autofix 100, Inputmask 100
1000: IMask 100, with autofix 100, Inputmask 100
5: IMask 10, with autofix 10, Inputmask 10' ]
