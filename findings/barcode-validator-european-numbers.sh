#!/usr/bin/env bash
# One would guess that a validator of bar codes has the check digit right. @ericblade/barcode-validator has it for the twelve
# digits of America and for books, which have functions of their own. It counts all other numbers from their end, as one should,
# but with the weights of 3 and 1 the wrong way round. So four of five numbers with thirteen, eight or fourteen digits are
# invalid, and the fifth is valid by chance. 5901234123457, the example of many pages on bar codes, is such a fifth one, so a
# test with it finds nothing. What helps: isEAN() of validator, or a sum of one's own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @ericblade/barcode-validator@2.4.1 validator@13.15.35 > /dev/null

cat > try.cjs << 'JS'
const isEan = require('validator/lib/isEAN').default
const barcodeValidator = require('@ericblade/barcode-validator')
const validate = barcodeValidator.default ?? barcodeValidator
// With its check digit: the last digit before it counts three times, the one before once, and so on
const complete = (digits) => digits + ((10 - [...digits].reverse().reduce((sum, digit, at) => sum + digit * (at % 2 ? 1 : 3), 0) % 10) % 10)
for (const [what, start, length] of [['8 digits, small packages', '9638', 7], ['12 digits, America', '012345', 11], ['13 digits, Europe', '400638', 12],
  ['13 digits, books', '978316', 12], ['14 digits, boxes', '1400638', 13]]) {
  const numbers = Array.from({ length: 1000 }, (_, index) => complete(start + String(index).padStart(length - start.length, '0')))
  const { type } = validate(numbers[0])
  const ean = length === 11 ? numbers.map((number) => `0${number}`) : numbers
  console.log(`${what} (${type}): ${numbers.filter((number) => validate(number).valid).length} of 1000 valid; validator: ${ean.filter(isEan).length}`)
}
for (const number of ['4006381333931', '5901234123457']) console.log(`${number}: ${validate(number).valid}; validator: ${isEan(number)}`)
JS
for name in @ericblade/barcode-validator validator; do echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = '8 digits, small packages (gtin): 200 of 1000 valid; validator: 1000
12 digits, America (upc): 1000 of 1000 valid; validator: 1000
13 digits, Europe (gtin): 200 of 1000 valid; validator: 1000
13 digits, books (isbn13): 1000 of 1000 valid; validator: 1000
14 digits, boxes (gtin): 200 of 1000 valid; validator: 1000
4006381333931: false; validator: true
5901234123457: true; validator: true' ]
