#!/usr/bin/env bash
# One would guess that GROUP BY with the name of a column of the result groups by that column. If a column of the table has the same
# name, that one counts: `SELECT to_char(day, 'YYYY-MM') AS day, SUM(amount) … GROUP BY day` groups by the days, and a report by
# months has November twice, each time with a part of its sales. ORDER BY in the same statement means the column of the result,
# so the rows look right, one below the other, and a table keyed by month keeps the last one. Under any other name,
# `AS month … GROUP BY month` works. Standard SQL wants it, and SQLite, DuckDB and PostgreSQL agree. What helps: `GROUP BY 1`, or
# a name that the table doesn't have.
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
  await db.exec(`CREATE TABLE sales (day TEXT, amount INTEGER);
INSERT INTO sales VALUES ('2026-11-01', 5), ('2026-11-02', 7), ('2026-12-01', 9)`)
for (const [name, by] of [['day', 'day'], ['month', 'month'], ['day', '1']]) {
  const query = `SELECT substr(day, 1, 7) AS ${name}, SUM(amount) AS amount FROM sales GROUP BY ${by} ORDER BY ${name}, amount`
  const { rows } = await postgres.query(query)
  const inPostgres = rows.map((row) => `${row[name]} ${row.amount}`).join(', ')
  const inSqlite = sqlite.exec(query)[0].values.map((row) => row.join(' ')).join(', ')
  console.log(`AS ${name} … GROUP BY ${by}: PostgreSQL ${inPostgres}; SQLite ${inSqlite}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'AS day … GROUP BY day: PostgreSQL 2026-11 5, 2026-11 7, 2026-12 9; SQLite 2026-11 5, 2026-11 7, 2026-12 9
AS month … GROUP BY month: PostgreSQL 2026-11 12, 2026-12 9; SQLite 2026-11 12, 2026-12 9
AS day … GROUP BY 1: PostgreSQL 2026-11 12, 2026-12 9; SQLite 2026-11 12, 2026-12 9' ]
