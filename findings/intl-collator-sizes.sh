#!/usr/bin/env bash
# One would guess that a comparison which knows numbers knows those of a shop. `new Intl.Collator('en', { numeric: true })`, which many
# tables and lists of files use, compares runs of digits, each as a whole number: 1.5 kg comes before 1.25 kg, since 5 is less than 25, and
# 10,000 before 999. A minus counts for nothing, so -2 comes before -10. natural-orderby reads decimals and signs, but only where a text
# begins with them: "1.25 kg" comes before "1.5 kg", and "Tea 1.25 kg" behind "Tea 1.5 kg". Versions, such as 1.9 and 1.10, are right in all
# of them. What helps: to sort by a number, in a field of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund natural-compare@1.4.0 natural-orderby@5.0.0 > /dev/null

cat > try.mjs << 'JS'
import naturalCompare from 'natural-compare'
import { compare } from 'natural-orderby'
const compares = { 'Intl.Collator': new Intl.Collator('en', { numeric: true }).compare, 'natural-compare': naturalCompare, 'natural-orderby': compare() }
const lists = [['1.5 kg', '1.25 kg', '10 kg', '0.5 kg'], ['Tea 1.5 kg', 'Tea 1.25 kg'], ['10,000', '999'], ['-10', '-2', '3'], ['v1.10', 'v1.9']]
for (const [name, order] of Object.entries(compares)) console.log(`${name}: ${lists.map((list) => list.toSorted(order).join(' < ')).join(' | ')}`)
JS
echo 'natural-compare 1.4.0, natural-orderby 5.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'Intl.Collator: 0.5 kg < 1.5 kg < 1.25 kg < 10 kg | Tea 1.5 kg < Tea 1.25 kg | 10,000 < 999 | -2 < -10 < 3 | v1.9 < v1.10
natural-compare: 0.5 kg < 1.5 kg < 1.25 kg < 10 kg | Tea 1.5 kg < Tea 1.25 kg | 10,000 < 999 | -2 < -10 < 3 | v1.9 < v1.10
natural-orderby: 0.5 kg < 1.25 kg < 1.5 kg < 10 kg | Tea 1.5 kg < Tea 1.25 kg | 10,000 < 999 | -10 < -2 < 3 | v1.9 < v1.10' ]
