#!/usr/bin/env bash
# One would guess that `'Total: ' || price * pieces` is the text with the product behind it. It is in PostgreSQL, where `||` comes
# after all arithmetic. In SQLite, `||` comes before it: the text and the price are joined, and the result, which begins with a
# letter, counts as 0 when it is multiplied. So the same query shows `Total: 15` in one database and `0` in the other, without an
# error, and `'A' || id + 1`, meant for a number of an invoice, is 1 for all of them. If the text begins with digits, the result
# looks like an amount: `'2026' || 5 * 3` is 60,795. A program that uses SQLite for its tests and PostgreSQL elsewhere sees one
# result in each. What helps: parentheses, or printf() in SQLite.
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
for (const db of [postgres, sqlite]) await db.exec('CREATE TABLE sales (id INT, price INT, pieces INT); INSERT INTO sales VALUES (1, 5, 3), (2, 4, 2)')
for (const expression of ["'Total: ' || price * pieces", "'Total: ' || (price * pieces)", "'A' || id + 1", "'2026' || 5 * 3"]) {
  const query = `SELECT ${expression} AS value FROM sales ORDER BY id`
  const { rows } = await postgres.query(query)
  console.log(`${expression}: SQLite ${sqlite.exec(query)[0].values.flat().join(', ')}; PostgreSQL ${rows.map(({ value }) => value).join(', ')}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "'Total: ' || price * pieces: SQLite 0, 0; PostgreSQL Total: 15, Total: 8
'Total: ' || (price * pieces): SQLite Total: 15, Total: 8; PostgreSQL Total: 15, Total: 8
'A' || id + 1: SQLite 1, 1; PostgreSQL A2, A3
'2026' || 5 * 3: SQLite 60795, 60795; PostgreSQL 202615, 202615" ]
