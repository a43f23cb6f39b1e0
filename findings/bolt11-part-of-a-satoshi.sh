#!/usr/bin/env bash
# One would guess that a Lightning invoice which says how much it asks for has that amount in `satoshis`, and that only one
# which leaves the amount to the payer has none. bolt11 fills `satoshis` if the amount is a whole number of them, and leaves it
# undefined if not. Invoices may have thousandths of a satoshi, and an amount that is converted from another currency mostly has
# them. So `invoice.satoshis ?? askThePayer()` asks where there is an amount. What helps: `millisatoshis`, a text, which is
# there whenever there is an amount, as the README says; light-bolt11-decoder has only that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts bolt11@1.4.1 light-bolt11-decoder@3.2.0 > /dev/null

cat > try.cjs << 'JS'
const { encode, sign, decode } = require('bolt11')
const { decode: decodeLight } = require('light-bolt11-decoder')
const tags = [
  { tagName: 'payment_hash', data: '01'.repeat(32) },
  { tagName: 'payment_secret', data: '02'.repeat(32) },
  { tagName: 'description', data: 'tea' },
]
for (const millisatoshis of ['5250000', '5250300', undefined]) {
  const amount = millisatoshis ? { millisatoshis } : {}
  const { paymentRequest } = sign(encode({ ...amount, timestamp: 1793491200, tags }), '03'.repeat(32))
  const invoice = decode(paymentRequest)
  const light = decodeLight(paymentRequest).sections.find(({ name }) => name === 'amount')?.value
  const { satoshis } = invoice
  console.log(`${paymentRequest.slice(0, 12)}…: satoshis ${satoshis}, millisatoshis ${invoice.millisatoshis}; light ${light}`)
}
JS
echo 'bolt11 1.4.1, light-bolt11-decoder 3.2.0'
node try.cjs | tee seen
[ "$(cat seen)" = 'lnbc52500n1p…: satoshis 5250, millisatoshis 5250000; light 5250000
lnbc52503n1p…: satoshis undefined, millisatoshis 5250300; light 5250300
lnbc1p4wdqgq…: satoshis null, millisatoshis null; light undefined' ]
