#!/usr/bin/env bash
# One would guess that an extension adds functions, and leaves alone what was there. PostgreSQL's own intarray brings an operator `@>` for
# integer[], which fits better than the general one for any array, and from then on each query that says `@>` means that. An index
# that was made before knows only the general one, so the same query reads the whole table, in every program that uses the
# database. What helps: an index with `gin__int_ops`, intarray's own, or the extension in a schema that isn't in the
# `search_path` of the others; for a single query, `OPERATOR(pg_catalog.@>)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { intarray } from '@electric-sql/pglite/contrib/intarray'
const db = await PGlite.create({ extensions: { intarray } })
await db.exec(`
  CREATE TABLE products (id BIGINT, tags INTEGER[]);
  INSERT INTO products SELECT id, ARRAY[id, id + 1] FROM generate_series(1, 20000) AS id;
  CREATE INDEX by_tag ON products USING gin (tags);
  ANALYZE products`)
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
async function plan(when, operator) {
  const { rows } = await db.query(`EXPLAIN (COSTS OFF) SELECT id FROM products WHERE tags ${operator} ARRAY[5]`)
  const nodes = rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Scan'))
  console.log(`${when}, ${operator}: ${nodes.at(-1).replace('->', '').trim()}`)
}
await plan('before', '@>')
await db.exec('CREATE EXTENSION intarray')
await plan('after', '@>')
await plan('after', 'OPERATOR(pg_catalog.@>)')
await db.exec('CREATE INDEX by_tag_too ON products USING gin (tags gin__int_ops)')
await plan('with its own index', '@>')
await db.exec('DROP INDEX by_tag_too; CREATE SCHEMA extensions; ALTER EXTENSION intarray SET SCHEMA extensions')
await plan('in another schema', '@>')
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 5 <<< "$seen")" = 'before, @>: Bitmap Index Scan on by_tag
after, @>: Seq Scan on products
after, OPERATOR(pg_catalog.@>): Bitmap Index Scan on by_tag
with its own index, @>: Bitmap Index Scan on by_tag_too
in another schema, @>: Bitmap Index Scan on by_tag' ]
