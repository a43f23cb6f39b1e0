#!/usr/bin/env bash
# One would guess that `insert(rows).onConflict('id').merge()` changes the fields that a row has, as it does with one row: a product with
# an id and a title gets the title and keeps its stock. With two rows of which one names its stock, the other's is set to the
# default of the column, or to NULL in SQLite, since a column that one row has is written for all of them. So an import that
# updates one product at a time is right, and the same import in batches sets stocks to 0, depending on which rows share a batch.
# What helps: rows of the same fields in each batch, or one row for each insert().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import knexOf from 'knex'
const db = await PGlite.create()
const knex = knexOf({ client: 'pg' })
await db.exec('CREATE TABLE products (id INT PRIMARY KEY, title TEXT, stock INT NOT NULL DEFAULT 0)')
const tea = { id: 1, title: 'Green tea', stock: 4 }
const cake = { id: 2, title: 'Apple cake' }
const imports = { 'cake alone': [[cake]], 'tea, and then cake': [[tea], [cake]], 'both at once': [[tea, cake]] }
for (const [name, batches] of Object.entries(imports)) {
  await db.exec(`DELETE FROM products; INSERT INTO products VALUES (1, 'tea', 5), (2, 'cake', 7)`)
  for (const rows of batches) {
    const { sql, bindings } = knex('products').insert(rows).onConflict('id').merge().toSQL().toNative()
    await db.query(sql, bindings)
  }
  const { rows } = await db.query('SELECT title, stock FROM products ORDER BY id')
  console.log(`${name}: ${rows.map(({ title, stock }) => `${title}, stock ${stock}`).join('; ')}`)
}
console.log(knexOf({ client: 'sqlite3', useNullAsDefault: true })('products').insert([tea, cake]).onConflict('id').merge().toString())
JS
echo 'Knex 3.3.0, PGlite 0.5.17'
node try.mjs | tee seen
[ "$(head -n 3 seen)" = 'cake alone: tea, stock 5; Apple cake, stock 7
tea, and then cake: Green tea, stock 4; Apple cake, stock 7
both at once: Green tea, stock 4; Apple cake, stock 0' ]
grep -q "NULL as \`stock\`, 'Apple cake' as \`title\`" seen
