#!/usr/bin/env bash
# One would guess that an UPDATE which takes the quantities of all lines of an order from the stock takes each of them. `UPDATE products
# SET stock = stock - quantity FROM lines WHERE …` updates a row once, whatever number of lines it is joined with: of two lines of
# tea, 1 and 3, one is taken and the other isn't. Which one is open; in this example it is the first in PostgreSQL, where 9 are
# left, and the last in SQLite, where 7 are left, and 6 would be right. Both say one row updated and no error, and with one line
# for each product, as in most tests, it is right. PostgreSQL documents it, and its MERGE refuses the same rows. What helps: sums
# first, `FROM (SELECT product, SUM(quantity) … GROUP BY product)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts sql.js@1.17.0 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import initSqlJs from 'sql.js'
const postgres = await PGlite.create()
const sqlite = new (await initSqlJs()).Database()
console.log(`SQLite ${sqlite.exec('SELECT sqlite_version()')[0].values[0][0]}, PostgreSQL ${(await postgres.query('SHOW server_version')).rows[0].server_version}`)
for (const db of [postgres, sqlite])
  await db.exec(`CREATE TABLE products (id TEXT PRIMARY KEY, stock INTEGER); INSERT INTO products VALUES ('tea', 10), ('cup', 10);
CREATE TABLE lines (product TEXT, quantity INTEGER); INSERT INTO lines VALUES ('tea', 1), ('tea', 3), ('cup', 2)`)
const sums = '(SELECT product, SUM(quantity) AS quantity FROM lines GROUP BY product)'
for (const [name, source] of Object.entries({ 'FROM lines': 'lines', 'FROM sums of lines': `${sums} AS lines` })) {
  const update = `UPDATE products SET stock = stock - quantity FROM ${source} WHERE product = id RETURNING id, stock`
  await postgres.exec('BEGIN')
  const { rows } = await postgres.query(update)
  await postgres.exec('ROLLBACK')
  sqlite.run('BEGIN')
  const [{ values }] = sqlite.exec(update)
  sqlite.run('ROLLBACK')
  const show = (pairs) => pairs.map(([id, stock]) => `${stock} of ${id}`).sort().join(', ')
  console.log(`${name}: PostgreSQL leaves ${show(rows.map(Object.values))}; SQLite leaves ${show(values)}`)
}
await postgres
  .exec('MERGE INTO products USING lines ON product = id WHEN MATCHED THEN UPDATE SET stock = stock - quantity')
  .catch(({ message }) => console.log(`MERGE: ${message}`))
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'FROM lines: PostgreSQL leaves 8 of cup, 9 of tea; SQLite leaves 7 of tea, 8 of cup
FROM sums of lines: PostgreSQL leaves 6 of tea, 8 of cup; SQLite leaves 6 of tea, 8 of cup
MERGE: MERGE command cannot affect row a second time' ]
