#!/usr/bin/env bash
# One would guess that knex('buyers').insert(…).onConflict('email').ignore(), which resolves to the new row's id in SQLite, resolves to none
# if the buyer is known, or to the known one's id. It resolves to the id of whatever this connection inserted before, in any table:
# if that was order 7, the answer is [7], and the next order belongs to buyer 7. merge() does the same if it updates. The number is
# that of last_insert_rowid(), which an INSERT that inserts nothing doesn't change; lastInsertRowid of better-sqlite3 and of node:sqlite
# is the same. What helps: .returning('id'), which is empty for ignore() and right for merge(), or a look at `changes`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund knex@3.3.0 better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > try.mjs << 'JS'
import knexOf from 'knex'
const knex = knexOf({ client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true })
await knex.schema.createTable('buyers', (table) => {
  table.increments()
  table.string('email').unique()
  table.integer('visits')
})
await knex.schema.createTable('orders', (table) => {
  table.increments()
  table.integer('buyer_id')
})
const buyer = (email) => knex('buyers').insert({ email, visits: 1 }).onConflict('email')
console.log('new:', await buyer('ann@example.org').ignore())
for (let n = 0; n < 7; n += 1) await knex('orders').insert({ buyer_id: 1 })
console.log('known, ignore():', await buyer('ann@example.org').ignore())
console.log('known, merge():', await buyer('ann@example.org').merge())
console.log("known, ignore().returning('id'):", await buyer('ann@example.org').ignore().returning('id'))
console.log("known, merge().returning('id'):", await buyer('ann@example.org').merge().returning('id'))
await knex.destroy()
JS
echo 'Knex 3.3.0, better-sqlite3 13.2.0'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = "new: [ 1 ]
known, ignore(): [ 7 ]
known, merge(): [ 7 ]
known, ignore().returning('id'): []
known, merge().returning('id'): [ { id: 1 } ]" ]
