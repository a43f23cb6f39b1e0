#!/usr/bin/env bash
# One would guess that a library for exact fractions is at least as exact as the number that it is given. Fraction.js looks for a
# fraction near a number, and stops where that is close enough for it. For a large amount that is another one: 1,234,567.89 is a cent
# too much, and 123,456,789.01 more than a dollar. A small rate is off from its ninth digit on, and doesn't equal its own text. Usual
# prices are exact, so tests pass. The README says, in its part on parsing, that numbers with more digits are approximated. What helps:
# to give it texts, `String(amount)`, and toFixed() where that would have an exponent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fraction.js@5.3.4 > /dev/null

cat > try.mjs << 'JS'
import Fraction from 'fraction.js'
const compare = (what, number, text, equal) => console.log(`${what}: ${number.round(2)} from a number, ${text.round(2)} from a text, equal ${equal}`)
for (const amount of [19.99, 12345.67, 1234567.89, 123456789.01]) {
  compare(amount, new Fraction(amount), new Fraction(String(amount)), new Fraction(amount).equals(String(amount)))
}
const rate = 0.00000893
compare('a billion times 0.00000893', new Fraction(rate).mul(1e9), new Fraction(rate.toFixed(8)).mul(1e9), new Fraction(rate).equals(rate.toFixed(8)))
JS
echo "Fraction.js $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/fraction.js/package.json")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = '19.99: 19.99 from a number, 19.99 from a text, equal true
12345.67: 12345.67 from a number, 12345.67 from a text, equal true
1234567.89: 1234567.9 from a number, 1234567.89 from a text, equal false
123456789.01: 123456790.12 from a number, 123456789.01 from a text, equal false
a billion times 0.00000893: 8930 from a number, 8930 from a text, equal false' ]
