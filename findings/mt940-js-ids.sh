#!/usr/bin/env bash
# One would guess that the id which a parser gives to a transaction of a bank statement tells it from others. That of mt940-js is a hash
# of the transaction, but taken before the line with its text (`:86:`) is read. So whatever has the same amount, direction, kind and
# day has the same id: two buyers of an article at one price, and a reversal too, whose mark `RC` counts as a credit although it
# takes money away. An import that skips known ids keeps one sale of three lines. @centrapay/swift-parser gives no ids, and
# the reversal is negative. What helps: `getTransactionId`, which is also given the place of the transaction.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# mt940-js needs tslib, and doesn't say so
npm install --silent --no-audit --no-fund mt940-js@1.0.0 tslib@2.8.1 @centrapay/swift-parser@1.0.1 > /dev/null

cat > try.cjs << 'JS'
const peer = require('@centrapay/swift-parser')
const mt940 = require('mt940-js')
const lines = [':61:2611011101C0,25NTRFNONREF', ':86:Ada, article 17', ':61:2611011101C0,25NTRFNONREF', ':86:Bob, article 18']
const reversal = [':61:2611011101RC0,25NTRFNONREF', ':86:Returned: Ada, article 17']
const first = [':20:STATEMENT', ':25:10020030/1234567', ':28C:00001/001', ':60F:C261031EUR100,00']
const data = [...first, ...lines, ...reversal, ':62F:C261101EUR100,25', ''].join('\r\n')
async function run() {
  const places = { getTransactionId: ({ entryDate }, index) => `${entryDate} ${index}` }
  const [{ transactions }] = await mt940.read(Buffer.from(data))
  const [own] = await mt940.read(Buffer.from(data), places)
  for (const { amount, isCredit, description } of transactions) {
    console.log(`${description}: ${isCredit ? 'credit' : 'debit'} of ${amount}`)
  }
  console.log(`ids: ${new Set(transactions.map(({ id }) => id)).size}, by place: ${new Set(own.transactions.map(({ id }) => id)).size}`)
  console.log(`the peer: ${peer.parse({ type: 'mt940', data })[0].transactions.map(({ amount }) => amount).join(', ')}`)
}
run()
JS
echo "mt940-js $(node -p 'require("mt940-js/package.json").version'), @centrapay/swift-parser 1.0.1"
node try.cjs | tee seen
[ "$(cat seen)" = 'Ada, article 17: credit of 0.25
Bob, article 18: credit of 0.25
Returned: Ada, article 17: credit of 0.25
ids: 1, by place: 3
the peer: 0.25, 0.25, -0.25' ]
