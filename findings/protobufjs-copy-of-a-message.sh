#!/usr/bin/env bash
# One would guess that a message whose `order.paid` is 0 still says so when it is copied. protobufjs keeps in the prototype what
# wasn't sent, and zeros aren't sent: they can be read there, and are missing from `{ ...order }`, Object.entries,
# structuredClone, and toObject, which is meant for making plain objects. So in the copy, an order that nobody has paid has no
# `paid`; `paid < price` is false then, like any comparison with undefined, and nobody asks for the money. An UPDATE that is
# made of the entries leaves the column as it was. What helps: toObject with `defaults: true`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts protobufjs@8.8.1 > /dev/null

cat > try.cjs << 'JS'
const { parse } = require('protobufjs')
const { root } = parse('syntax = "proto3"; message Order { int32 price = 1; int32 paid = 2; string note = 3; bool open = 4; }')
const Order = root.lookupType('Order')
const show = (name, order) => console.log(`${name}: paid ${order.paid}, owes something: ${order.paid < order.price}`)
const order = Order.decode(Order.encode(Order.fromObject({ price: 25, paid: 0, note: '', open: false })).finish())
show('message', order)
show('spread', { ...order })
show('structuredClone', structuredClone(order))
show('entries', Object.fromEntries(Object.entries(order)))
show('toObject', Order.toObject(order))
show('toObject with defaults', Order.toObject(order, { defaults: true }))
JS
echo 'protobufjs 8.8.1'
node try.cjs | tee seen
[ "$(cat seen)" = 'message: paid 0, owes something: true
spread: paid undefined, owes something: false
structuredClone: paid undefined, owes something: false
entries: paid undefined, owes something: false
toObject: paid undefined, owes something: false
toObject with defaults: paid 0, owes something: true' ]
