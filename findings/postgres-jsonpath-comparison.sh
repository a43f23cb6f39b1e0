#!/usr/bin/env bash
# One would guess that `data @? '$.total > 100'`, or jsonb_path_exists() with the same path, finds the orders of more than 100. It finds
# all orders. A path that is a comparison has one result, true, false or null, and `@?` checks only that there is a result:
# false is one. A misspelled name gives false or null as well, so nothing is ever left out. `@@` is the operator for such a path, and
# finds nothing with the other kind, a filter. What helps: `@?` with a filter, `$.total ? (@ > 100)`, `@@` with a comparison,
# and a test with a row that must not be found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec(`CREATE TABLE orders (id INT, data JSONB);
INSERT INTO orders VALUES (1, '{"total": 5}'), (2, '{"total": 500}'), (3, '{"total": null}'), (4, '{}')`)
for (const condition of [
  `data @? '$.total > 100'`,
  `jsonb_path_exists(data, '$.total > 100')`,
  `data @? '$.totl > 100'`,
  `data @? '$.total ? (@ > 100)'`,
  `data @@ '$.total > 100'`,
  `data @@ '$.total ? (@ > 100)'`,
]) {
  const { rows } = await db.query(`SELECT id FROM orders WHERE ${condition} ORDER BY id`)
  console.log(`${condition}: ${rows.map(({ id }) => id).join(' ') || 'none'}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "data @? '\$.total > 100': 1 2 3 4
jsonb_path_exists(data, '\$.total > 100'): 1 2 3 4
data @? '\$.totl > 100': 1 2 3 4
data @? '\$.total ? (@ > 100)': 2
data @@ '\$.total > 100': 2
data @@ '\$.total ? (@ > 100)': none" ]
