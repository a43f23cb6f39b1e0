#!/usr/bin/env bash
# One would guess that a refund of half an amount is what that half was, with a minus: in big.js and decimal.js, rounding does
# the same on both sides of zero. In dinero.js 2, the same names are directions on the line of numbers. `halfUp` takes a half to
# the greater number, so 12.5 cents are 13 for the buyer, and -12.5 are -12 for the refund. `down`, which is the default, goes
# to the smaller one, so there it is 12, and -13. Sales and their refunds don't add up to zero, by a cent at a time. What helps:
# `halfAwayFromZero` or `halfEven`, for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dinero.js@2.0.2 big.js@7.0.1 decimal.js@10.6.0 > /dev/null

cat > try.mjs << 'JS'
import { Big } from 'big.js'
import { Decimal } from 'decimal.js'
import * as dinero from 'dinero.js'
const { USD, down, halfUp, halfEven, halfAwayFromZero, toSnapshot, transformScale } = dinero
const round = (amount, divide) => toSnapshot(transformScale(dinero.dinero({ amount, currency: USD, scale: 3 }), 2, divide)).amount
const show = (name, of) => {
  const [sale, refund] = [of(125), of(-125)]
  console.log(`${name}: sale ${sale}, refund ${refund}, together ${sale + refund}`)
}
show('dinero.js, no function', (amount) => round(amount))
for (const divide of [down, halfUp, halfEven, halfAwayFromZero]) {
  show(`dinero.js, ${divide.name}`, (amount) => round(amount, divide))
}
show('big.js, roundDown', (amount) => Number(Big(amount).div(10).round(0, Big.roundDown)))
show('big.js, roundHalfUp', (amount) => Number(Big(amount).div(10).round(0, Big.roundHalfUp)))
show('decimal.js, ROUND_HALF_UP', (amount) => new Decimal(amount).div(10).toDP(0, Decimal.ROUND_HALF_UP).toNumber())
JS
echo "dinero.js 2.0.2, big.js 7.0.1, decimal.js 10.6.0"
node try.mjs | tee seen
[ "$(cat seen)" = 'dinero.js, no function: sale 12, refund -13, together -1
dinero.js, down: sale 12, refund -13, together -1
dinero.js, halfUp: sale 13, refund -12, together 1
dinero.js, halfEven: sale 12, refund -12, together 0
dinero.js, halfAwayFromZero: sale 13, refund -13, together 0
big.js, roundDown: sale 12, refund -12, together 0
big.js, roundHalfUp: sale 13, refund -13, together 0
decimal.js, ROUND_HALF_UP: sale 13, refund -13, together 0' ]
