#!/usr/bin/env bash
# One would guess that a library for money divides by the number that it is given. currency.js reads the divisor as if it were an amount,
# so it keeps only four decimals beyond the smallest unit: six for dollars, four for yen. A tax of 1.19 survives that. The rate of
# kin, 0.00000893 dollars, becomes 0.000009, and five dollars are 4,355 kin short; in yen, 0.00137 becomes 0.0014. Factors
# are not rounded. So what helps is to multiply by the inverse.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund currency.js@2.0.4 > /dev/null

cat > try.cjs << 'JS'
const currency = require('currency.js')
for (const [what, amount, rate, precision] of [
  ['a price without its tax', 5, 1.19, 2],
  ['dollars in kin', 5, 0.00000893, 2],
  ['yen in kin', 700, 0.00137, 0],
]) {
  const money = currency(amount, { precision })
  const plain = (amount / rate).toFixed(precision)
  console.log(`${what}: ${money.divide(rate)} divided, ${money.multiply(1 / rate)} multiplied, ${plain} in plain numbers`)
}
JS
echo "currency.js $(node -p 'require("currency.js/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'a price without its tax: 4.20 divided, 4.20 multiplied, 4.20 in plain numbers
dollars in kin: 555555.56 divided, 559910.41 multiplied, 559910.41 in plain numbers
yen in kin: 500000 divided, 510949 multiplied, 510949 in plain numbers' ]
