#!/usr/bin/env bash
# One would guess that two amounts of a message can be compared, as each of them can: `order.paid >= 99` is right. protobufjs
# makes an object of the package `long` of each int64, and such an object has a value as a text only. Compared with a number,
# JavaScript makes a number of that text. Two of them it compares letter by letter, so 100 is less than 99, and `+` puts one
# behind the other. `-` is right again, and so is the comparison of amounts that have equally many digits, which is what tests
# have. What helps: `paid.gte(price)` and `paid.add(price)`, or toObject with `longs: BigInt`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts protobufjs@8.8.1 > /dev/null

cat > try.cjs << 'JS'
const { parse } = require('protobufjs')
const Order = parse('syntax = "proto3"; message Order { int64 price = 1; int64 paid = 2; }').root.lookupType('Order')
const show = (kind, { price, paid }) => {
  console.log(`${kind}: ${paid} for ${price}, paid >= price: ${paid >= price}, paid >= ${price}: ${paid >= Number(price)}, ` +
    `sum: ${price + paid}, difference: ${paid - price}`)
}
for (const [price, paid] of [[25, 25], [99, 100], [525, 1000]]) {
  const order = Order.decode(Order.encode(Order.fromObject({ price, paid })).finish())
  show('Long', order)
  show('BigInt', Order.toObject(order, { longs: BigInt }))
  console.log(`gte: ${order.paid.gte(order.price)}`)
}
JS
echo "protobufjs 8.8.1, long $(node -p "JSON.parse(require('fs').readFileSync('node_modules/long/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'Long: 25 for 25, paid >= price: true, paid >= 25: true, sum: 2525, difference: 0
BigInt: 25 for 25, paid >= price: true, paid >= 25: true, sum: 50, difference: 0
gte: true
Long: 100 for 99, paid >= price: false, paid >= 99: true, sum: 99100, difference: 1
BigInt: 100 for 99, paid >= price: true, paid >= 99: true, sum: 199, difference: 1
gte: true
Long: 1000 for 525, paid >= price: false, paid >= 525: true, sum: 5251000, difference: 475
BigInt: 1000 for 525, paid >= price: true, paid >= 525: true, sum: 1525, difference: 475
gte: true' ]
