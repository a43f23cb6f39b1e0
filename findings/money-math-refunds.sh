#!/usr/bin/env bash
# One would guess that a refund is the payment with a minus in front, for a library whose amounts are texts and may be negative.
# money-math rounds a product or a quotient by looking at its next two digits, without regard to the sign, so most negative ones that
# aren't exact are a cent or two nearer to zero than the positive ones: 19.99 with a tax of 19% are 23.79, and its refund is 23.77. Half
# of minus a cent is plus a cent. What helps: to calculate with the amount without its sign, and to put that in front at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund money-math@2.6.3 > /dev/null

cat > try.cjs << 'JS'
const Money = require('money-math')
for (const amount of ['100.00', '19.99', '5.25', '0.01']) {
  const [paid, refunded] = [amount, `-${amount}`].map((each) =>
    [Money.mul(each, '1.19'), Money.percent(each, '19.00'), Money.div(each, '2.00')].join(' '))
  console.log(`${amount} with tax, the tax, a half: ${paid}; of the refund: ${refunded}`)
}
JS
echo "money-math $(node -p 'require("money-math/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '100.00 with tax, the tax, a half: 119.00 19.00 50.00; of the refund: -119.00 -19.00 -50.00
19.99 with tax, the tax, a half: 23.79 3.80 10.00; of the refund: -23.77 -3.79 -9.98
5.25 with tax, the tax, a half: 6.25 1.00 2.63; of the refund: -6.23 -0.99 -2.61
0.01 with tax, the tax, a half: 0.01 0.00 0.01; of the refund: -0.01 0.01 0.01' ]
