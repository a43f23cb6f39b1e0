#!/usr/bin/env bash
# One would guess that what Intl.NumberFormat returns for a locale can be shown to its readers as it is. In Arabic, amounts end with
# `US$`, and a dollar sign has no direction of its own: between Latin letters and the end of a text that runs from right to left,
# it goes to the other side of the letters. Readers see `$US`, `$CA` and `¥JP`. The Egyptian pound and the dirham, which are written
# in Arabic letters, are as they should be.
# A left-to-right mark (U+200E) behind the sign keeps it with its letters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 bidi-js@1.0.3 > /dev/null

cat > try.mjs << 'JS'
import bidiFactory from 'bidi-js'
const bidi = bidiFactory() // the algorithm of Unicode, as browsers carry it out
function asSeen(text) {
  const order = bidi.getReorderedString(text, bidi.getEmbeddingLevels(text, 'rtl'))
  return order.replace(/[\u200e\u200f]/g, '').replace(/\s/g, ' ').trim()
}
console.log('ICU', process.versions.icu, 'CLDR', process.versions.cldr)
for (const currency of ['USD', 'CAD', 'JPY', 'EUR']) {
  const text = new Intl.NumberFormat('ar-AE', { style: 'currency', currency, minimumFractionDigits: 2 }).format(0.25)
  console.log(`${currency} from left to right: ${asSeen(text)}; with a mark behind it: ${asSeen(`${text}\u200e`)}`)
}
JS
node_modules/node/bin/node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'USD from left to right: $US 0.25; with a mark behind it: US$ 0.25
CAD from left to right: $CA 0.25; with a mark behind it: CA$ 0.25
JPY from left to right: ¥JP 0.25; with a mark behind it: JP¥ 0.25
EUR from left to right: € 0.25; with a mark behind it: € 0.25' ]
