#!/usr/bin/env bash
# One would guess that a price in Kuwaiti dinars, which have a thousand fils, is asked for as it is, or refused. Code's packages
# round every amount to two decimals, whatever the currency, and say nothing: 1.235 dinars become 1.24, and the buyer pays
# five fils more than the page said. In the other direction, 1.005 becomes 1.00 in every currency, since a binary number
# can't be exactly 1.005. Whole hundredths are the only amounts that stay as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/intents@1.1.0 > /dev/null

cat > try.cjs << 'JS'
const { PaymentRequestIntent } = require('@code-wallet/intents')
const destination = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
for (const [amount, currency] of [[1.235, 'kwd'], [1.005, 'kwd'], [1.005, 'usd'], [100.5, 'jpy'], [1.24, 'kwd']]) {
  const { value } = new PaymentRequestIntent({ mode: 'payment', amount, currency, destination }).toProto().kind
  console.log(`${amount} ${currency}: asks for ${value.exchangeData.value.nativeAmount}`)
}
JS
echo "@code-wallet/intents $(node -p 'require("@code-wallet/intents/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '1.235 kwd: asks for 1.24
1.005 kwd: asks for 1
1.005 usd: asks for 1
100.5 jpy: asks for 100.5
1.24 kwd: asks for 1.24' ]
