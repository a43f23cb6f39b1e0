#!/usr/bin/env bash
# One would guess that a parser of prices which takes any currency and both kinds of decimal marks reads $.50 as half a dollar, or not at all.
# parsecurrency wants a digit before the mark; without one the point belongs to the symbol, `$.`, and the price is 50. With three decimals
# the mark is one of thousands, whatever stands before it: 0.999 is 999, and Kuwaiti dinars, which have three, are always a thousand times
# as much. A minus counts only in front: (5.00) and 5.00-, as accounts write what went back, are payments. What helps: refuse a price
# whose `symbol` has a mark in it, and a `0` in front of thousands.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund parsecurrency@1.1.1 > /dev/null

cat > try.cjs << 'JS'
const parse = require('parsecurrency')
for (const text of ['$0.50', '$.50', '$.05', '0.999 KWD', '1.250 KWD', '-$5.00', '($5.00)', '$5.00-']) {
  const { value, symbol, currency } = parse(text)
  console.log(`${text}: ${value} ${currency || symbol}`)
}
JS
echo "parsecurrency $(node -p 'require("parsecurrency/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '$0.50: 0.5 $
$.50: 50 $.
$.05: 5 $.
0.999 KWD: 999 KWD
1.250 KWD: 1250 KWD
-$5.00: -5 $
($5.00): 5 ($
$5.00-: 5 $' ]
