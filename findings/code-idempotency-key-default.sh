#!/usr/bin/env bash
# One would guess that `new IdempotencyKey()`, whose documentation promises random bytes where none are given, is another key each
# time. It is eleven zeros, always: as text `11111111111`. Two buyers whose intents are made with such keys share one intent if
# product and price are the same, since the key is all that tells them apart. What helps: `IdempotencyKey.generate()`, or no key
# at all, so that the SDK makes one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @code-wallet/intents@1.1.0 > /dev/null

cat > try.cjs << 'JS'
const { IdempotencyKey, PaymentRequestIntent } = require('@code-wallet/intents')
const terms = { mode: 'payment', amount: 0.25, currency: 'usd', destination: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }
const idWith = (key) => new PaymentRequestIntent({ ...terms, clientSecret: String(key) }).getIntentId()
console.log('new:     ', String(new IdempotencyKey()), 'and', String(new IdempotencyKey()))
console.log('of two:  ', idWith(new IdempotencyKey()) === idWith(new IdempotencyKey()) ? 'the same intent' : 'two intents')
console.log('generate:', idWith(IdempotencyKey.generate()) === idWith(IdempotencyKey.generate()) ? 'the same intent' : 'two intents')
JS
seen=$(node try.cjs)
echo '@code-wallet/intents 1.1.0'
echo "$seen"
[ "$seen" = 'new:      11111111111 and 11111111111
of two:   the same intent
generate: two intents' ]
