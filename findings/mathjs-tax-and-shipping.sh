#!/usr/bin/env bash
# One would guess that an expression parser to which 100 + 19% is 119 makes 124 of 100 + 19% + 5. mathjs makes 104. `%` is also its operator for
# the remainder of a division, and it is that wherever a number with a plus or minus could be its other side: 19 % (+5), the
# remainder of 19 divided by 5, is 4. 100 - 20% + 5% is 100. Nothing is reported, and a formula that a merchant enters for tax and
# shipping is right until the shipping comes last. What helps: parentheses, (100 + 19%) + 5, and a look at
# `parse(…).toString({ parenthesis: 'all' })`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mathjs@15.2.0 > /dev/null

cat > try.cjs << 'JS'
const { evaluate, parse } = require('mathjs')
for (const formula of ['100 + 19%', '100 + 19% + 5', '100 + 19% - 5', '(100 + 19%) + 5', '5 + 100 + 19%', '100 - 20% + 5%', 'price + 19% + shipping']) {
  const result = evaluate(formula, { price: 100, shipping: 5 })
  console.log(`${formula} = ${result}, read as ${parse(formula).toString({ parenthesis: 'all' })}`)
}
JS
echo "mathjs $(node -p 'require("mathjs").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '100 + 19% = 119, read as 100 + (100 * (19 / 100))
100 + 19% + 5 = 104, read as 100 + (19 % (+5))
100 + 19% - 5 = 99, read as 100 + (19 % (-5))
(100 + 19%) + 5 = 124, read as (100 + (100 * (19 / 100))) + 5
5 + 100 + 19% = 124.95, read as (5 + 100) + ((5 + 100) * (19 / 100))
100 - 20% + 5% = 100, read as 100 - (20 % ((+5) / 100))
price + 19% + shipping = 104, read as price + (19 % (+shipping))' ]
