#!/usr/bin/env bash
# One would guess that an amount of bn.js, with which Anchor and older Ethereum libraries count lamports and wei, is in JSON as its
# digits. It's a text of hexadecimal digits, with nothing in front that says so: 100 is "64", which a page reads as sixty-four. What has
# a letter in it, like 5,000,000 as "4c4b40", is no number to a reader that expects one, but 28 of the first 100 thousands have none. The
# same in a template is right, since `${amount}` has the decimal digits, and so does JSON of bignumber.js and decimal.js. The README has
# it in its list of methods, at `toJSON`. What helps: `amount.toString()` before JSON.stringify.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund bn.js@5.2.5 bignumber.js@9.3.1 decimal.js@10.6.0 > /dev/null

cat > try.mjs << 'JS'
import BN from 'bn.js'
import BigNumber from 'bignumber.js'
import Decimal from 'decimal.js'
for (const digits of ['7', '100', '2500', '5000000']) {
  const amounts = { 'bn.js': new BN(digits), 'bignumber.js': new BigNumber(digits), 'decimal.js': new Decimal(digits) }
  const { lamports } = JSON.parse(JSON.stringify({ lamports: amounts['bn.js'] }))
  console.log(`${digits}: ${JSON.stringify(amounts)}, in a template ${amounts['bn.js']}, read as ${Number(lamports)}`)
}
const round = Array.from({ length: 100 }, (_, index) => 1000 * (index + 1))
const silent = round.filter((lamports) => /^\d+$/.test(new BN(lamports).toJSON()))
console.log(`of 1,000, 2,000 and so on to 100,000, read as another number: ${silent.length}`)
JS
echo 'bn.js 5.2.5, bignumber.js 9.3.1, decimal.js 10.6.0'
node try.mjs | tee seen
# shellcheck disable=SC2016
[ "$(cat seen)" = '7: {"bn.js":"07","bignumber.js":"7","decimal.js":"7"}, in a template 7, read as 7
100: {"bn.js":"64","bignumber.js":"100","decimal.js":"100"}, in a template 100, read as 64
2500: {"bn.js":"09c4","bignumber.js":"2500","decimal.js":"2500"}, in a template 2500, read as NaN
5000000: {"bn.js":"4c4b40","bignumber.js":"5000000","decimal.js":"5000000"}, in a template 5000000, read as NaN
of 1,000, 2,000 and so on to 100,000, read as another number: 28' ]
