#!/usr/bin/env bash
# One would guess that a library which reads amounts as people write them reads what Intl has written, once it is told the decimal mark.
# A refund in German or English has the minus of a keyboard. In Swedish, Norwegian, Finnish and several more languages, CLDR writes it
# with U+2212, the minus of typography. currency.js and accounting drop every character that they don't know, and so that sign as
# well: what went back to the buyer is read as what came in. Parentheses, as bookkeepers write them, stay negative. What helps: to replace
# the sign first, or to keep the number beside its text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund currency.js@2.0.4 accounting@0.4.1 > /dev/null

cat > try.cjs << 'JS'
const { unformat } = require('accounting')
const currency = require('currency.js')
const read = (text) => `${currency(text, { decimal: ',' }).value} and ${unformat(text, ',')}`
for (const language of ['de', 'sv', 'nb', 'fi', 'et', 'sl']) {
  const text = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' }).format(-5.25)
  const sign = text.codePointAt(0).toString(16).padStart(4, '0')
  console.log(`${language}, U+${sign}: ${read(text)}; replaced: ${read(text.replace('\u2212', '-'))}`)
}
console.log(`parentheses: ${read('(5,25 €)')}`)
JS
echo "currency.js 2.0.4, accounting 0.4.1, CLDR $(node -p process.versions.cldr)"
node try.cjs | tee seen
[ "$(cat seen)" = 'de, U+002d: -5.25 and -5.25; replaced: -5.25 and -5.25
sv, U+2212: 5.25 and 5.25; replaced: -5.25 and -5.25
nb, U+2212: 5.25 and 5.25; replaced: -5.25 and -5.25
fi, U+2212: 5.25 and 5.25; replaced: -5.25 and -5.25
et, U+2212: 5.25 and 5.25; replaced: -5.25 and -5.25
sl, U+2212: 5.25 and 5.25; replaced: -5.25 and -5.25
parentheses: -5.25 and -5.25' ]
