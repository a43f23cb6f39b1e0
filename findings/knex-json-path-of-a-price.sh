#!/usr/bin/env bash
# One would guess that `whereJsonPath('data', '$.total', '=', 20)` of Knex finds the orders whose total is 20. For PostgreSQL, Knex casts
# what is in the column to INT as soon as the value is a number, and the cast rounds: orders of 19.60 and 20.40 are found as well, and
# `'>', 20` doesn't find 20.40. For SQLite, the same line doesn't cast, and finds what one would guess, so a test with SQLite
# passes. A value of 19.6 is an error in PostgreSQL. The documentation doesn't mention the cast. What helps: amounts in cents, or
# whereRaw("(data->>'total')::numeric = ?", [20]).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0 @electric-sql/pglite@0.5.17 sql.js@1.17.0 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import knexOf from 'knex'
import initSqlJs from 'sql.js'
const create = `CREATE TABLE orders (data JSONB); INSERT INTO orders VALUES ('{"total": 19.6}'), ('{"total": 20}'), ('{"total": 20.4}'), ('{"total": 21}')`
const postgres = await PGlite.create()
await postgres.exec(create)
const sqlite = new (await initSqlJs()).Database()
sqlite.exec(create)
const totals = (rows) => rows.map((data) => data.total).join(' ') || 'none'
for (const operator of ['=', '>', '<=']) {
  const query = (client) => knexOf({ client, useNullAsDefault: true })('orders').select('data').whereJsonPath('data', '$.total', operator, 20)
  const { sql, bindings } = query('pg').toSQL().toNative()
  const { rows } = await postgres.query(sql, bindings)
  const lite = query('sqlite3').toSQL().toNative()
  const [result] = sqlite.exec(lite.sql, lite.bindings)
  console.log(`${operator} 20: PostgreSQL ${totals(rows.map((row) => row.data))}; SQLite ${totals(result.values.map(([text]) => JSON.parse(text)))}`)
}
const raw = await postgres.query("SELECT data FROM orders WHERE (data->>'total')::numeric = $1", [20])
console.log(`::numeric = 20: PostgreSQL ${totals(raw.rows.map((row) => row.data))}`)
JS
echo 'Knex 3.3.0, PGlite 0.5.17, sql.js 1.17.0'
node try.mjs | tee seen
[ "$(cat seen)" = '= 20: PostgreSQL 19.6 20 20.4; SQLite 20
> 20: PostgreSQL 21; SQLite 20.4 21
<= 20: PostgreSQL 19.6 20 20.4; SQLite 19.6 20
::numeric = 20: PostgreSQL 20' ]
