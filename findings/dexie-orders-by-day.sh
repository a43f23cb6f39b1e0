#!/usr/bin/env bash
# One would guess that sorting a table changes the order of its rows, and not their number. `orderBy('paidAt')` of Dexie goes through the
# index, as IndexedDB does, and what has no date yet, or null or false in it, is in no index: of three orders, one is listed, and
# `count()` of the same is 1. `sortBy('paidAt')` of the whole table, the other way that the documentation shows, has all of them.
# It also holds for conditions: `where('paidAt').notEqual(…)` leaves out those without a date. And `between(500, 1000)` leaves
# out the 1000, unlike BETWEEN in SQL. What helps: sortBy, a number in place of nothing, such as 0, and `between(a, b, true, true)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts dexie@4.4.7 fake-indexeddb@6.2.8 > /dev/null

cat > try.mjs << 'JS'
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
const db = new Dexie('shop')
db.version(1).stores({ orders: 'id, paidAt, amount' })
await db.orders.bulkPut([
  { id: 'a', amount: 500, paidAt: 20 },
  { id: 'b', amount: 1000 },
  { id: 'c', amount: 700, paidAt: null },
])
const show = (name, rows) => console.log(`${name}: ${rows.map(({ id }) => id).join(', ') || 'none'}`)
console.log(`orders: ${await db.orders.count()}, with orderBy('paidAt'): ${await db.orders.orderBy('paidAt').count()}`)
show("orderBy('paidAt')", await db.orders.orderBy('paidAt').toArray())
show("toCollection().sortBy('paidAt')", await db.orders.toCollection().sortBy('paidAt'))
show("where('paidAt').notEqual(10)", await db.orders.where('paidAt').notEqual(10).toArray())
show("where('amount').between(500, 1000)", await db.orders.where('amount').between(500, 1000).toArray())
show("where('amount').between(500, 1000, true, true)", await db.orders.where('amount').between(500, 1000, true, true).toArray())
JS
echo 'Dexie 4.4.7'
node try.mjs | tee seen
[ "$(cat seen)" = "orders: 3, with orderBy('paidAt'): 1
orderBy('paidAt'): a
toCollection().sortBy('paidAt'): a, b, c
where('paidAt').notEqual(10): a
where('amount').between(500, 1000): a, c
where('amount').between(500, 1000, true, true): a, c, b" ]
