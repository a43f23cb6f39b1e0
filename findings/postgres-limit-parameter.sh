#!/usr/bin/env bash
# A server that runs a few statements very often sets `plan_cache_mode = force_generic_plan`, so that PostgreSQL plans each of
# them once. One would guess that `LIMIT $1` costs nothing then: whatever the number, rows are read until there are enough. But
# the plan is made for a tenth of the rows, since the number isn't known. So where 20,000 jobs are due, a worker that claims
# 20 at a time reads all of them each time, to join them with the 20. With the number written into the statement, it reads 40.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
await db.exec(`
  CREATE TABLE jobs (id TEXT PRIMARY KEY, due BIGINT, what TEXT);
  CREATE INDEX jobs_due ON jobs (due);
  INSERT INTO jobs SELECT 'job ' || n, 1000, repeat('x', 100) FROM generate_series(1, 20000) AS n;
  ANALYZE jobs;
  SET plan_cache_mode = force_generic_plan;
`)
const claim = (limit) => `
  UPDATE jobs SET due = 2000
  WHERE due <= $1 AND id IN (SELECT id FROM jobs WHERE due <= $1 ORDER BY due LIMIT ${limit})`
await db.exec(`PREPARE as_parameter (BIGINT, BIGINT) AS ${claim('$2')}; PREPARE as_number (BIGINT) AS ${claim('20')}`)
for (const [name, call] of [['LIMIT $2', 'as_parameter(1000, 20)'], ['LIMIT 20', 'as_number(1000)']]) {
  const { rows } = await db.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${call}`)
  const read = rowsRead(rows[0]['QUERY PLAN'][0].Plan)
  console.log(`${name}: ${read >= 19000 ? 'reads all' : read <= 60 ? 'reads few' : `reads ${read}`}`)
}
await db.close()

function rowsRead({ Plans = [], ...node }) {
  const own = node['Relation Name'] && !node.Operation ? node['Actual Rows'] * node['Actual Loops'] : 0
  return Plans.reduce((sum, plan) => sum + rowsRead(plan), own)
}
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 2 <<< "$seen")" = 'LIMIT $2: reads all
LIMIT 20: reads few' ]
