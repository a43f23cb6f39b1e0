#!/usr/bin/env bash
# One would guess that a column that is NUMERIC takes a number as it is. In PostgreSQL it does, with any number of decimals. In DuckDB,
# which speaks its dialect, NUMERIC and DECIMAL without numbers are DECIMAL(18, 3): a tax of 0.0725 becomes 0.073, a rate of
# 0.00042 becomes 0, and no schema, cast or INSERT that comes from PostgreSQL says anything. Amounts with two decimals, as in
# tests, are right. On 10,000 of sales, it is 5 too much. The documentation has it in a sentence on the default. What helps:
# DECIMAL(18, 6) and the like, or DOUBLE.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { DuckDBInstance } from '@duckdb/node-api'
import { PGlite } from '@electric-sql/pglite'
const postgres = await PGlite.create()
const duck = await (await DuckDBInstance.create(':memory:')).connect()
const query = {
  PostgreSQL: async (sql) => (await postgres.query(sql)).rows,
  DuckDB: async (sql) => (await duck.runAndReadAll(sql)).getRowObjectsJson(),
}
console.log(`PostgreSQL ${(await query.PostgreSQL('SHOW server_version'))[0].server_version}, DuckDB ${(await query.DuckDB('SELECT version() AS v'))[0].v}`)
for (const [name, run] of Object.entries(query)) {
  await run('CREATE TABLE rates (place TEXT, rate NUMERIC)')
  await run("INSERT INTO rates VALUES ('Alameda', 0.0725), ('a fee', 0.00042), ('Berlin', 0.19)")
  for (const { place, rate, tax } of await run('SELECT place, rate, 10000 * rate AS tax FROM rates ORDER BY place'))
    console.log(`${name}, ${place}: ${rate}, of 10,000: ${tax}`)
  const [{ cast }] = await run(`SELECT '0.0725'::NUMERIC AS "cast"`)
  console.log(`${name}, '0.0725'::NUMERIC: ${cast}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "PostgreSQL, Alameda: 0.0725, of 10,000: 725.0000
PostgreSQL, Berlin: 0.19, of 10,000: 1900.00
PostgreSQL, a fee: 0.00042, of 10,000: 4.20000
PostgreSQL, '0.0725'::NUMERIC: 0.0725
DuckDB, Alameda: 0.073, of 10,000: 730.000
DuckDB, Berlin: 0.190, of 10,000: 1900.000
DuckDB, a fee: 0.000, of 10,000: 0.000
DuckDB, '0.0725'::NUMERIC: 0.073" ]
