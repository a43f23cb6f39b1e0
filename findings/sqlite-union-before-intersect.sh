#!/usr/bin/env bash
# One would guess that the same UNION and INTERSECT give the same rows in two databases. In PostgreSQL, and in standard SQL, INTERSECT comes
# first, as a product does before a sum. SQLite goes from left to right. So "buyers of tea, and those buyers of cake who want news"
# is a different list of people in each, without an error: in SQLite, buyers of tea who want no news are missing. SQLite
# accepts no parentheses there. What helps: `SELECT * FROM (… INTERSECT …)` for the part that comes first, which both read alike.
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
for (const db of [postgres, sqlite]) {
  await db.exec(`CREATE TABLE sales (product TEXT, buyer TEXT); CREATE TABLE news (buyer TEXT);
INSERT INTO sales VALUES ('tea', 'Ann'), ('tea', 'Bob'), ('cake', 'Cem'), ('cake', 'Dot'); INSERT INTO news VALUES ('Ann'), ('Cem')`)
}
const tea = `SELECT buyer FROM sales WHERE product = 'tea'`
const cake = `SELECT buyer FROM sales WHERE product = 'cake'`
const news = 'SELECT buyer FROM news'
const queries = {
  'tea UNION cake INTERSECT news': `${tea} UNION ${cake} INTERSECT ${news}`,
  'tea UNION (cake INTERSECT news)': `${tea} UNION SELECT * FROM (${cake} INTERSECT ${news}) AS both_of_them`,
  '(tea UNION cake) INTERSECT news': `SELECT * FROM (${tea} UNION ${cake}) AS one_of_them INTERSECT ${news}`,
}
for (const [name, query] of Object.entries(queries)) {
  const { rows } = await postgres.query(query)
  const names = rows.map(({ buyer }) => buyer).sort()
  console.log(`${name}: SQLite ${sqlite.exec(query)[0].values.flat().sort().join(' ')}; PostgreSQL ${names.join(' ')}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'tea UNION cake INTERSECT news: SQLite Ann Cem; PostgreSQL Ann Bob Cem
tea UNION (cake INTERSECT news): SQLite Ann Bob Cem; PostgreSQL Ann Bob Cem
(tea UNION cake) INTERSECT news: SQLite Ann Cem; PostgreSQL Ann Cem' ]
