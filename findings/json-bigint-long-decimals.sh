#!/usr/bin/env bash
# One would guess that json-bigint does something about big integers, and gives other numbers as JSON.parse does. It counts the characters of
# a number: with more than fifteen, a rate such as 0.00001234567890123 is an object of bignumber.js, and the next one, a digit shorter,
# a number. To multiply works with both, and to add makes a text of the one: a fee of 1 plus such a rate is "0.00001…1". A sum over a
# list is a number until the first long one, and from then on a longer and longer text. With `useNativeBigInt: true`, the long rate
# is an error, since BigInt has no decimals. What helps: `instanceof BigNumber` before each sum, or lossless-json, which keeps
# each number as it was written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund json-bigint@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const jsonBigint = require('json-bigint')
const text = '{"fees":[5,0.0123456789012,0.01234567890123,0.012345678901234,2]}'
const { fees } = jsonBigint.parse(text)
for (const fee of fees) console.log(`${fee}: ${typeof fee}, twice ${fee * 2}, plus 1 ${JSON.stringify(fee + 1)}`)
console.log(`sum: ${JSON.stringify(fees.reduce((sum, fee) => sum + fee, 0))}`)
console.log(`sum with JSON.parse: ${JSON.stringify(JSON.parse(text).fees.reduce((sum, fee) => sum + fee, 0))}`)
try {
  jsonBigint({ useNativeBigInt: true }).parse(text)
} catch (error) {
  console.log(`useNativeBigInt: ${error.message}`)
}
JS
echo 'json-bigint 1.0.0'
node try.cjs | tee seen
[ "$(cat seen)" = '5: number, twice 10, plus 1 6
0.0123456789012: number, twice 0.0246913578024, plus 1 1.0123456789012
0.01234567890123: object, twice 0.02469135780246, plus 1 "0.012345678901231"
0.012345678901234: object, twice 0.024691357802468, plus 1 "0.0123456789012341"
2: number, twice 4, plus 1 3
sum: "5.01234567890120.012345678901230.0123456789012342"
sum with JSON.parse: 7.037037036703664
useNativeBigInt: Cannot convert 0.01234567890123 to a BigInt' ]
