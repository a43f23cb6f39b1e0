#!/usr/bin/env bash
# One would guess that a reader of QIF reads the commas of its amounts: Quicken writes them between thousands, T1,234.50, so they are
# in most files. qif2json takes away the first comma and reads up to the next one: a million and more is 1234. In the parts of a split
# amount it takes away none, so the two halves of 2,469.00 are 1 and 1, below a total that is right. qif-ts reads up to the first
# comma, so each amount from a thousand on has one to three digits. No error is reported, and the dates, payees and counts are right.
# What helps: to take the commas out of the lines that begin with T, U and $ before they are read, and to compare parts with totals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund qif2json@0.4.0 qif-ts@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const { parse } = require('qif2json')
const { deserializeQif } = require('qif-ts')
const file = ['!Type:Bank']
for (const amount of ['999.00', '1,234.50', '-2,469.00', '1,234,567.89']) file.push("D11/01'26", `T${amount}`, `P${amount}`, '^')
file.push("D11/01'26", 'T2,469.00', 'P2,469.00 in two parts', 'SSales', '$1,234.50', 'STax', '$1,234.50', '^')
const text = `${file.join('\n')}\n`
const other = deserializeQif(text).transactions
parse(text).transactions.forEach(({ payee, amount, division = [] }, at) => {
  const parts = division.map((part) => part.amount).join(' and ')
  console.log(`${payee}: qif2json ${amount}${parts && `, its parts ${parts}`}, qif-ts ${other[at].amount}`)
})
JS
for name in qif2json qif-ts; do echo "$name $(node -p "require('$name/package.json').version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = '999.00: qif2json 999, qif-ts 999
1,234.50: qif2json 1234.5, qif-ts 1
-2,469.00: qif2json -2469, qif-ts -2
1,234,567.89: qif2json 1234, qif-ts 1
2,469.00 in two parts: qif2json 2469, its parts 1 and 1, qif-ts 2' ]
