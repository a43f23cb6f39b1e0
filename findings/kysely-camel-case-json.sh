#!/usr/bin/env bash
# One would guess that a plugin for the names of columns changes the names of columns. Kysely's CamelCasePlugin, which reads
# order_id as orderId, changes every name inside of each JSON value as well, at any depth, but only on the way out: what is
# written stays as it is. So an event that a webhook brought, kept as JSON, isn't what came: `order_id` is undefined, and a
# program that reads it, adds a field and writes it back has renamed the rest in the database for everyone else. A key is
# renamed even if it is data, such as a product's slug. What helps: `new CamelCasePlugin({ maintainNestedObjectKeys: true })`,
# which isn't the default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 kysely@0.28.19 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
const pglite = await PGlite.create()
await pglite.exec('CREATE TABLE events (event_id int, sent_body json)')
const text = JSON.stringify({ order_id: 7, stock: { green_tea: 5 } })
const client = { query: (sql, values) => pglite.query(sql, values), release: () => {} }
for (const options of [{}, { maintainNestedObjectKeys: true }]) {
  const dialect = new PostgresDialect({ pool: { connect: async () => client, end: async () => {} } })
  const db = new Kysely({ dialect, plugins: [new CamelCasePlugin(options)] })
  await db.deleteFrom('events').execute()
  await db.insertInto('events').values({ eventId: 1, sentBody: text }).execute()
  const [read] = await db.selectFrom('events').select(['eventId', 'sentBody']).execute()
  console.log(`${JSON.stringify(options)}: ${JSON.stringify(read)}`)
}
console.log(`stored: ${JSON.stringify((await pglite.query('SELECT * FROM events')).rows[0])}`)
JS
echo 'Kysely 0.28.19, PGlite 0.5.17'
node try.mjs | tee seen
[ "$(cat seen)" = '{}: {"eventId":1,"sentBody":{"orderId":7,"stock":{"greenTea":5}}}
{"maintainNestedObjectKeys":true}: {"eventId":1,"sentBody":{"order_id":7,"stock":{"green_tea":5}}}
stored: {"event_id":1,"sent_body":{"order_id":7,"stock":{"green_tea":5}}}' ]
