#!/usr/bin/env bash
# One would guess that a function which is remembered gets the arguments that it is called with. nano-memoize asks the function how many
# it has, which is its `length`, and that doesn't count parameters with a default. `price(amount, currency = 'USD')` has one to it,
# so not even the first call passes the currency on: 5 euros are 5 dollars. moize, which counts what comes, is right. It's a type that
# the compiler takes, and adding a default to a function that worked is enough. fast-memoize does the same, and its README says so.
# What helps: to memoize `(...args) => price(...args)`, or defaults inside of the function.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund nano-memoize@3.0.16 moize@6.1.7 > /dev/null

cat > try.mjs << 'JS'
import * as moize from 'moize'
import nano from 'nano-memoize'
const price = (amount, currency = 'USD') => `${amount} ${currency}`
const priceOf = (amount, currency) => `${amount} ${currency ?? 'USD'}`
const rows = {
  'without a memory': price,
  'nano-memoize': nano.nanomemoize(price),
  'nano-memoize, (...args)': nano.nanomemoize((...args) => price(...args)),
  'nano-memoize, default inside': nano.nanomemoize(priceOf),
  moize: (moize.default.default ?? moize.default)(price),
}
for (const [name, remembered] of Object.entries(rows)) {
  console.log(`${name}: ${remembered(5, 'EUR')}, ${remembered(5, 'GBP')}, ${remembered(5)}`)
}
JS
echo 'nano-memoize 3.0.16, moize 6.1.7'
node try.mjs | tee seen
[ "$(cat seen)" = 'without a memory: 5 EUR, 5 GBP, 5 USD
nano-memoize: 5 USD, 5 USD, 5 USD
nano-memoize, (...args): 5 EUR, 5 GBP, 5 USD
nano-memoize, default inside: 5 EUR, 5 GBP, 5 USD
moize: 5 EUR, 5 GBP, 5 USD' ]
