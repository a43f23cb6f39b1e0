#!/usr/bin/env bash
# One would guess that each query in a WITH is executed, as an UPDATE there is, whether or not something reads what it returns. A SELECT
# there is executed only as far as the main query reads it. So `WITH sold AS (UPDATE …), told AS (SELECT pg_notify(…) FROM sold)
# SELECT count(*) FROM sold` sells and notifies nobody, and `WITH held AS (SELECT pg_advisory_xact_lock(7)) UPDATE …` changes the
# row and holds no lock. MATERIALIZED changes nothing about it. There is no error and no warning. What helps: a statement
# of its own for the function, or a main query that reads the part: `FROM sold, told`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec('CREATE TABLE stock (id INT, pieces INT); INSERT INTO stock VALUES (1, 5), (2, 5)')
const notified = []
await db.listen('sold', (id) => notified.push(id))
const sell = `sold AS (UPDATE stock SET pieces = pieces - 1 RETURNING id), told AS (SELECT pg_notify('sold', id::text) FROM sold)`
const lock = 'SELECT pg_advisory_lock(7) AS held'
const update = 'UPDATE stock SET pieces = pieces - 1'
const queries = {
  'nothing reads the notifications': `WITH ${sell} SELECT id FROM sold`,
  'the query reads them': `WITH ${sell} SELECT id FROM sold, LATERAL (SELECT count(*) FROM told) AS t`,
  'nothing reads the lock': `WITH held AS (${lock}) ${update}`,
  'nothing reads the lock, MATERIALIZED': `WITH held AS MATERIALIZED (${lock}) ${update}`,
  'the query reads it': `WITH held AS (${lock}) ${update} FROM held`,
}
for (const [name, query] of Object.entries(queries)) {
  const before = (await db.query('SELECT sum(pieces)::int AS n FROM stock')).rows[0].n
  notified.length = 0
  await db.query(query)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { n } = (await db.query('SELECT sum(pieces)::int AS n FROM stock')).rows[0]
  const { locks } = (await db.query(`SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory'`)).rows[0]
  await db.query('SELECT pg_advisory_unlock_all()')
  console.log(`${name}: ${before - n} sold, ${notified.length} notification(s), ${locks} lock(s)`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'nothing reads the notifications: 2 sold, 0 notification(s), 0 lock(s)
the query reads them: 2 sold, 2 notification(s), 0 lock(s)
nothing reads the lock: 2 sold, 0 notification(s), 0 lock(s)
nothing reads the lock, MATERIALIZED: 2 sold, 0 notification(s), 0 lock(s)
the query reads it: 2 sold, 0 notification(s), 1 lock(s)' ]
