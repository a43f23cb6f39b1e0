#!/usr/bin/env bash
# One would guess that the fixed-point numbers of a library for money round to the nearest value, and that ceiling() is never below the
# number. In FixedNumber of ethers, ceiling() of 1.5 is 1, and floor() of -1.5 is -1: both cut off the decimals. round() is right for
# what is paid, and up to a unit wrong for what is paid back: -1.4 is 0, and -1.5 with two decimals, which needs no rounding, is -1.49.
# So a refund is a cent less than its payment. What helps: to round the amount without its sign, and bigint for the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ethers@6.17.0 > /dev/null

cat > try.cjs << 'JS'
const { FixedNumber } = require('ethers')
for (const amount of ['1.5', '5.25', '19.994', '1.4']) {
  const results = [amount, `-${amount}`].map((each) => {
    const number = FixedNumber.fromString(each)
    return `${each}: round(2) ${number.round(2)}, round() ${number.round()}, floor() ${number.floor()}, ceiling() ${number.ceiling()}`
  })
  console.log(results.join('; '))
}
JS
echo "ethers $(node -p 'require("ethers").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '1.5: round(2) 1.5, round() 2.0, floor() 1.0, ceiling() 1.0; -1.5: round(2) -1.49, round() -1.0, floor() -1.0, ceiling() -1.0
5.25: round(2) 5.25, round() 5.0, floor() 5.0, ceiling() 5.0; -5.25: round(2) -5.24, round() -4.0, floor() -5.0, ceiling() -5.0
19.994: round(2) 19.99, round() 20.0, floor() 19.0, ceiling() 19.0; -19.994: round(2) -19.98, round() -19.0, floor() -19.0, ceiling() -19.0
1.4: round(2) 1.4, round() 1.0, floor() 1.0, ceiling() 1.0; -1.4: round(2) -1.39, round() 0.0, floor() -1.0, ceiling() -1.0' ]
