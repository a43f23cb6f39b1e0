#!/usr/bin/env bash
# One would guess that max() of two whole numbers is the larger one. mathjs takes numbers for equal if they differ by less than a millionth
# of a millionth, so that 0.1 + 0.2 equals 0.3. Its max, min and sort go by that as well: of two amounts that are nearly equal, max and min
# return the first, and a list stays as it was. In cents, such amounts begin at ten billion. In the units of a token they are common: the
# quarks of Nickel's exports get there from a price of about $90. BigNumbers are compared in the same way. What helps: bigint, or an
# instance of one's own with `{ relTol: 1e-15, absTol: 0 }`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mathjs@15.2.0 > /dev/null

cat > try.cjs << 'JS'
const { all, create } = require('mathjs')
const small = 10_000_000_000_000
const show = (math, convert) => {
  const rest = (value) => Number(value) - small
  const [a, b] = [convert(small), convert(small + 1)]
  return [`larger ${math.larger(b, a)}`, `max +${rest(math.max(a, b))}`, `min +${rest(math.min(b, a))}`].join(', ')
}
const math = create(all)
console.log(`numbers: ${show(math, Number)}`)
console.log(`BigNumbers: ${show(math, (value) => math.bignumber(value))}`)
console.log(`bigints: ${show(math, BigInt)}`)
console.log(`with a smaller tolerance: ${show(create(all, { relTol: 1e-15, absTol: 0 }), Number)}`)
JS
echo "mathjs $(node -p 'require("mathjs").version'); of $((10 ** 13)) and one more:"
node try.cjs | tee seen
[ "$(cat seen)" = 'numbers: larger false, max +0, min +1
BigNumbers: larger false, max +0, min +1
bigints: larger true, max +1, min +0
with a smaller tolerance: larger true, max +1, min +0' ]
