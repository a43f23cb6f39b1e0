#!/usr/bin/env bash
# One would guess that `or(…)` of no conditions holds for no row, as `[].some()` is false, and that Drizzle agrees with its own
# `inArray`, which finds nothing for an empty list. In drizzle-orm, `or()` is undefined, as `and()` is, and `where(undefined)`
# is no condition at all. So the orders that a merchant has ticked, in a list of conditions, are all orders if none is ticked,
# in a DELETE as well; in an `and` the empty `or` disappears. Types allow it. Kysely's `or([])` is false. What helps: to return
# early for an empty list, or `or(sql`false`, …conditions)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 kysely@0.28.19 sql.js@1.17.0 > /dev/null

cat > try.cjs << 'JS'
const { and, eq, inArray, or, sql } = require('drizzle-orm')
const { drizzle } = require('drizzle-orm/sql-js')
const { integer, sqliteTable, text } = require('drizzle-orm/sqlite-core')
const { DummyDriver, Kysely, SqliteAdapter, SqliteQueryCompiler } = require('kysely')
const orders = sqliteTable('orders', { id: integer(), state: text() })

require('sql.js')().then(({ Database }) => {
  const database = new Database()
  database.run(`CREATE TABLE orders (id INTEGER, state TEXT)`)
  database.run(`INSERT INTO orders VALUES (1, 'paid'), (2, 'new'), (3, 'new')`)
  const db = drizzle(database)
  const kysely = new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  const count = (condition) => db.select().from(orders).where(condition).all().length
  for (const ticked of [[1, 2], []]) {
    const conditions = ticked.map((id) => eq(orders.id, id))
    const compiled = kysely.selectFrom('orders').selectAll()
      .where((eb) => eb.or(ticked.map((id) => eb('id', '=', id)))).compile()
    const ofKysely = database.exec(compiled.sql, compiled.parameters)[0]?.values.length ?? 0
    const found = {
      'with or': count(or(...conditions)),
      'of the new ones': count(and(eq(orders.state, 'new'), or(...conditions))),
      'with inArray': count(inArray(orders.id, ticked)),
      'with false': count(or(sql`false`, ...conditions)),
      'with Kysely': ofKysely,
    }
    console.log(`${ticked.length} ticked: ${Object.entries(found).map(([how, rows]) => `${rows} ${how}`).join(', ')}`)
  }
})
JS
echo 'drizzle-orm 0.45.4, kysely 0.28.19'
node try.cjs | tee seen
[ "$(cat seen)" = '2 ticked: 2 with or, 1 of the new ones, 2 with inArray, 2 with false, 2 with Kysely
0 ticked: 3 with or, 2 of the new ones, 0 with inArray, 0 with false, 0 with Kysely' ]
