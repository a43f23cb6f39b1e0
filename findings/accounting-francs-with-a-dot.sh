#!/usr/bin/env bash
# One would guess that a library for money reads an amount that it has written by itself. accounting.js writes 525 francs as
# "Fr. 525.00", and reads 0.525 from it. It takes away what is no digit, no minus and no dot, so the dot of the abbreviation is left, and
# becomes the decimal point: `Fr.`, `Rs.`, `kr.` and `S/.` all divide a whole amount by a thousand or so, and nothing is reported.
# currency.js reads 0.53 where there are no decimals, and NaN where there are. With `$` both are right. What helps: to take the symbol
# away first, or one without a dot, such as the code of the currency.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund accounting@0.4.1 currency.js@2.0.4 > /dev/null

cat > try.cjs << 'JS'
const accounting = require('accounting')
const currency = require('currency.js')
for (const symbol of ['$', 'CHF ', 'Fr. ', 'Rs. ', 'kr. ', 'S/. ']) {
  const written = [accounting.formatMoney(525, symbol, 0), accounting.formatMoney(525, symbol)]
  const again = currency(525, { symbol }).format()
  const read = written.map((text) => {
    return `${text} is ${accounting.unformat(text)} to accounting.js, ${currency(text, { symbol }).value} to currency.js`
  })
  console.log(`${read.join('; ')}${again === written[1] ? '' : `; currency.js writes ${again}`}`)
}
JS
for name in accounting currency.js; do echo "$name $(node -p "require('$name/package.json').version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = '$525 is 525 to accounting.js, 525 to currency.js; $525.00 is 525 to accounting.js, 525 to currency.js
CHF 525 is 525 to accounting.js, 525 to currency.js; CHF 525.00 is 525 to accounting.js, 525 to currency.js
Fr. 525 is 0.525 to accounting.js, 0.53 to currency.js; Fr. 525.00 is 0.525 to accounting.js, NaN to currency.js
Rs. 525 is 0.525 to accounting.js, 0.53 to currency.js; Rs. 525.00 is 0.525 to accounting.js, NaN to currency.js
kr. 525 is 0.525 to accounting.js, 0.53 to currency.js; kr. 525.00 is 0.525 to accounting.js, NaN to currency.js
S/. 525 is 0.525 to accounting.js, 0.53 to currency.js; S/. 525.00 is 0.525 to accounting.js, NaN to currency.js' ]
