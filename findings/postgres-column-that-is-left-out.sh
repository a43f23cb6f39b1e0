#!/usr/bin/env bash
# One would guess that what joins values with a semicolon leaves an empty place for one that is missing. `concat_ws(';', …)`,
# array_to_string and string_agg of PostgreSQL skip NULL together with its separator, so a line of a file has a column less, and
# the amount stands in the column of the note; only rows without a note are affected. SQLite has learned concat_ws, and does
# the same. The operator || is the other extreme: one NULL makes the whole line NULL. What helps: `coalesce(note, '')` around each
# column, the third argument of array_to_string, or COPY with FORMAT csv, which also quotes a semicolon inside of a note.
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
  await db.exec(`CREATE TABLE sales (title TEXT, note TEXT, amount TEXT);
INSERT INTO sales VALUES ('Tea', 'a gift', '5.25'), ('Cup', NULL, '7.00')`)
const calls = ["concat_ws(';', title, note, amount)", "title || ';' || note || ';' || amount", "concat_ws(';', title, coalesce(note, ''), amount)"]
const ofPostgres = ["array_to_string(ARRAY[title, note, amount], ';')", "array_to_string(ARRAY[title, note, amount], ';', '')"]
for (const call of [...calls, ...ofPostgres]) {
  const query = `SELECT ${call} AS line FROM sales ORDER BY title DESC`
  const inPostgres = (await postgres.query(query)).rows.map(({ line }) => line)
  const same = calls.includes(call) && String(sqlite.exec(query)[0].values.flat()) === String(inPostgres)
  console.log(`${call}: ${inPostgres.join('  ') || 'NULL'}${inPostgres.includes(null) ? 'NULL' : ''}${same ? ', in both' : ''}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "concat_ws(';', title, note, amount): Tea;a gift;5.25  Cup;7.00, in both
title || ';' || note || ';' || amount: Tea;a gift;5.25  NULL, in both
concat_ws(';', title, coalesce(note, ''), amount): Tea;a gift;5.25  Cup;;7.00, in both
array_to_string(ARRAY[title, note, amount], ';'): Tea;a gift;5.25  Cup;7.00
array_to_string(ARRAY[title, note, amount], ';', ''): Tea;a gift;5.25  Cup;;7.00" ]
