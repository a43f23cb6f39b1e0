#!/usr/bin/env bash
# Keyset paging compares rows: (placed, id) < (…) AND (placed, id) >= (…). One would guess that PostgreSQL estimates such a range as
# it does placed < … AND placed >= …, which it knows to be the two ends of one range. It doesn't: each row comparison is
# estimated alone, by its first column, and the shares are multiplied. So a range of a hundredth of the table, in the
# middle, is taken for a quarter of it, with fresh statistics and with values that are known. Where each row costs something,
# the planner then prefers an index that has the column further back, and reads all of that. It helps to compare the first
# column alone as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
await db.exec('CREATE TABLE orders (placed BIGINT, id BIGINT, PRIMARY KEY (placed, id))')
await db.exec('INSERT INTO orders SELECT i, i FROM generate_series(1, 100000) AS i; ANALYZE orders')
const estimate = async (range) => {
  const { rows } = await db.query('EXPLAIN SELECT * FROM orders WHERE ' + range)
  const share = Number(/rows=(\d+)/.exec(rows[0]['QUERY PLAN'])[1]) / 100000
  return share > 0.2 ? 'more than 20 %' : share < 0.02 ? 'less than 2 %' : share * 100 + ' %' // from a random sample of rows
}
const alone = 'placed < 50500 AND placed >= 49500'
const asRows = '(placed, id) < (50500, 0) AND (placed, id) >= (49500, 0)'
console.log('by the column: ' + (await estimate(alone)))
console.log('by rows: ' + (await estimate(asRows)))
console.log('by both: ' + (await estimate(alone + ' AND ' + asRows)))
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 3 <<< "$seen")" = 'by the column: less than 2 %
by rows: more than 20 %
by both: less than 2 %' ]
