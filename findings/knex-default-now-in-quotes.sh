#!/usr/bin/env bash
# One would guess that `defaultTo('now()')` of Knex or Kysely is the time of each INSERT. Both write a string as a string, and PostgreSQL
# accepts the text 'now()' as a time: the one at which the table was created. It is read once, and stored as the default. So the column
# is filled, its values look right in a test, which creates its tables just before, and every order that comes later was placed
# at the time of the migration. In SQLite, the same line stores the text `now()`. The same goes for 'today'. What helps:
# knex.fn.now(), sql`now()` in Kysely, and a look at the default in `\d orders`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0 kysely@0.28.19 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { DummyDriver, Kysely, PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely'
import knexOf from 'knex'
const db = await PGlite.create()
const knex = knexOf({ client: 'pg' })
const kysely = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
const withKnex = (value) => knex.schema.createTable('orders', (table) => void table.timestamp('placed_at').defaultTo(value)).toString()
const withKysely = (value) =>
  kysely.schema.createTable('orders').addColumn('placed_at', 'timestamptz', (column) => column.defaultTo(value)).compile().sql
const tables = {
  "Knex, 'now()'": withKnex('now()'),
  'Knex, fn.now()': withKnex(knex.fn.now()),
  "Kysely, 'now()'": withKysely('now()'),
  'Kysely, sql`now()`': withKysely(sql`now()`),
}
for (const [name, create] of Object.entries(tables)) {
  await db.exec(`DROP TABLE IF EXISTS orders; ${create}`)
  const times = []
  for (let n = 0; n < 2; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    times.push(Number((await db.query('INSERT INTO orders DEFAULT VALUES RETURNING placed_at')).rows[0].placed_at))
  }
  console.log(`${name}: two orders, ${times[0] === times[1] ? 'one time' : 'two times'}`)
}
JS
echo 'Knex 3.3.0, Kysely 0.28.19, PGlite 0.5.17'
node try.mjs | tee seen
[ "$(cat seen)" = "Knex, 'now()': two orders, one time
Knex, fn.now(): two orders, two times
Kysely, 'now()': two orders, one time
Kysely, sql\`now()\`: two orders, two times" ]
