#!/usr/bin/env bash
# One would guess that `eslint --fix` leaves what a program does. A rule of eslint-plugin-unicorn that is on in its recommended set
# writes `forEach` as `for…of`, for whatever has that method. A Map passes its value first, and as a list it has pairs: the sum of a
# Map of prices was 1225, and is `0tea,525cup,700` after the fix. URLSearchParams, FormData and Headers have pairs as well.
# A function with two parameters is right after the fix, which asks `entries()` then. A compiler sees it where the types differ, and not
# where a value is only printed. What helps: `for (const price of prices.values())`, or that rule turned off where --fix runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund eslint@10.15.0 eslint-plugin-unicorn@65.0.1 > /dev/null

cat > eslint.config.mjs << 'JS'
import unicorn from 'eslint-plugin-unicorn'
export default [unicorn.configs.recommended]
JS
cat > total.mjs << 'JS'
export const total = (prices) => {
  let sum = 0
  prices.forEach((price) => {
    sum += price
  })
  return sum
}
JS
cat > try.mjs << 'JS'
import { total } from './total.mjs'
const rows = { Map: new Map([['tea', 525], ['cup', 700]]), Set: new Set([525, 700]), Array: [525, 700] }
const params = new URLSearchParams({ tea: '525', cup: '700' })
const found = Object.entries({ ...rows, URLSearchParams: params }).map(([name, prices]) => `${name} ${total(prices)}`)
console.log(`${process.argv[2]}: ${found.join('; ')}`)
JS
echo 'ESLint 10.15.0, eslint-plugin-unicorn 65.0.1'
{
  node try.mjs before
  node_modules/.bin/eslint --fix total.mjs
  node try.mjs after
} | tee seen
[ "$(cat seen)" = 'before: Map 1225; Set 1225; Array 1225; URLSearchParams 0525700
after: Map 0tea,525cup,700; Set 1225; Array 1225; URLSearchParams 0tea,525cup,700' ]
