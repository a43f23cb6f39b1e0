#!/usr/bin/env bash
# One would guess that a prepared statement follows its table: while the table is empty a sequential scan is the cheapest
# way, and once there are a hundred thousand rows PostgreSQL will use the index. It does so only as long as it plans
# anew. After five executions it may keep one plan for as long as the connection lives. Inserted rows do not make it plan
# again until the table is analyzed. A program that starts on an empty database whose tables have just been vacuumed and
# analyzed keeps reading them from end to end. `plan_cache_mode` helps, and so does an ANALYZE after the first rows. A table
# that was never analyzed is not affected, because PostgreSQL assumes that it has ten pages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
const scan = async () => {
  const { rows } = await db.query('EXPLAIN EXECUTE find(7)')
  return rows.map((row) => row['QUERY PLAN']).find((line) => /Scan/.test(line)).trim().replace(/ using.*| on.*/, '')
}
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
for (const analyzed of [false, true]) {
  await db.exec('CREATE TABLE orders (id BIGINT PRIMARY KEY, title TEXT)')
  if (analyzed) await db.exec('VACUUM ANALYZE orders')
  await db.exec('PREPARE find(bigint) AS SELECT title FROM orders WHERE id = $1')
  for (let time = 0; time < 6; time++) await db.exec('EXECUTE find(1)')
  await db.exec("INSERT INTO orders SELECT i, 'an order' FROM generate_series(1, 100000) AS i")
  const kept = await scan()
  await db.exec('ANALYZE orders')
  console.log((analyzed ? 'vacuumed and analyzed while empty' : 'never analyzed') + ': ' + kept + '; once analyzed with rows: ' + (await scan()))
  await db.exec('DEALLOCATE find; DROP TABLE orders')
}
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 2 <<< "$seen")" = 'never analyzed: Index Scan; once analyzed with rows: Index Scan
vacuumed and analyzed while empty: Seq Scan; once analyzed with rows: Index Scan' ]
