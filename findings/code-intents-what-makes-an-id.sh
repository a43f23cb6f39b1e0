#!/usr/bin/env bash
# One would guess that an idempotency key names one purchase: asked for twice, it is made once. In Code's packages the key only
# replaces the random part of the intent's id, next to the amount, the currency, and whether there is a list of fees, be it
# empty. So after a change of price, or in the other currency, the same key makes another intent, and a buyer can pay both.
# The destination, in contrast, is not part of the id: with another one, it is the same intent, which Code rejects. Whoever uses an
# order's number as its key must store what the order costs, and ask with exactly that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/intents@1.1.0 > /dev/null

cat > try.cjs << 'JS'
const { PaymentRequestIntent } = require('@code-wallet/intents')
const usual = {
  mode: 'payment',
  amount: 0.25,
  currency: 'usd',
  destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
  idempotencyKey: 'order 4711',
}
const idOf = (other) => new PaymentRequestIntent({ ...usual, ...other }).getIntentId()
for (const [what, other] of [
  ['once more', {}],
  ['another price', { amount: 0.3 }],
  ['another currency', { currency: 'eur' }],
  ['an empty list of fees', { fees: [] }],
  ['another destination', { destination: '11111111111111111111111111111111' }],
])
  console.log(`${what}: ${idOf(other) === idOf({}) ? 'the same intent' : 'another intent'}`)
JS
echo "@code-wallet/intents $(node -p 'require("@code-wallet/intents/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'once more: the same intent
another price: another intent
another currency: another intent
an empty list of fees: another intent
another destination: the same intent' ]
