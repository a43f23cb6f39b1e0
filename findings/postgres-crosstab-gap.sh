#!/usr/bin/env bash
# One would guess that `crosstab` of PostgreSQL's tablefunc, which turns rows of month and sum into a column for each month, puts a sum below
# its month. Given one query, it doesn't look at the month: it fills the columns from the left, so the sums of a product
# that wasn't sold in April begin with May below April, and a total of the columns is wrong without an error. What helps: its
# second form, whose second query lists the months, or `SUM(…) FILTER (WHERE month = …)`, which needs no extension.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { tablefunc } from '@electric-sql/pglite/contrib/tablefunc'
const db = await PGlite.create({ extensions: { tablefunc } })
await db.exec(`
  CREATE EXTENSION tablefunc;
  CREATE TABLE sales (product TEXT, month DATE, sum INTEGER);
  INSERT INTO sales VALUES ('article', '2026-04-01', 25), ('article', '2026-05-01', 50), ('song', '2026-05-01', 100)`)
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
const sums = `'SELECT product, month, sum FROM sales ORDER BY 1, 2'`
const months = `'SELECT DISTINCT month FROM sales ORDER BY 1'`
const columns = 'AS (product TEXT, april INTEGER, may INTEGER)'
const of = (month) => `SUM(sum) FILTER (WHERE month = '2026-${month}-01')::INTEGER`
for (const [name, sql] of Object.entries({
  'one query': `SELECT * FROM crosstab(${sums}) ${columns}`,
  'two queries': `SELECT * FROM crosstab(${sums}, ${months}) ${columns}`,
  FILTER: `SELECT product, ${of('04')} AS april, ${of('05')} AS may FROM sales GROUP BY product ORDER BY product`,
})) {
  const { rows } = await db.query(sql)
  console.log(`${name}: ${rows.map(({ product, april, may }) => `${product} ${april} ${may}`).join(', ')}`)
}
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 3 <<< "$seen")" = 'one query: article 25 50, song 100 null
two queries: article 25 50, song null 100
FILTER: article 25 50, song null 100' ]
