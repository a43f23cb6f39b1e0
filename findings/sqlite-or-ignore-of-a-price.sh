#!/usr/bin/env bash
# One would guess that INSERT OR IGNORE ignores a row that is there already. It ignores what breaks a UNIQUE, a NOT NULL or a
# CHECK: a product without a price, or with one that is too small, is dropped without an error, and an import of four products, of
# which one is known, ends with one more in the table, although three were new. Foreign keys are still checked. `ON CONFLICT DO
# NOTHING`, which many take for another way to write it, is only about UNIQUE, as in PostgreSQL, and raises an error for the two
# others. UPDATE OR IGNORE is the same: a price that breaks the rule stays as it was. The documentation describes it on its page
# of conflicts. What helps: ON CONFLICT.
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
const table = `DROP TABLE IF EXISTS products; CREATE TABLE products (id TEXT PRIMARY KEY, price INTEGER NOT NULL CHECK (price >= 5));
INSERT INTO products VALUES ('tea', 525)`
const rows = { 'known already': "'tea', 700", 'no price': "'cup', NULL", 'a small price': "'pin', 2", 'a new one': "'cake', 900" }
const engines = {
  SQLite: async (sql) => {
    sqlite.run(sql)
    return sqlite.getRowsModified()
  },
  PostgreSQL: async (sql) => (await postgres.query(sql)).affectedRows,
}
for (const [engine, before, after] of [['SQLite', ' OR IGNORE', ''], ['SQLite', '', ' ON CONFLICT DO NOTHING'], ['PostgreSQL', '', ' ON CONFLICT DO NOTHING']]) {
  const seen = []
  sqlite.exec(table)
  await postgres.exec(table)
  for (const [name, values] of Object.entries(rows)) {
    const said = await engines[engine](`INSERT${before} INTO products VALUES (${values})${after}`).catch(({ message }) => `error, ${message.split(' failed')[0]}`)
    seen.push(`${name}: ${typeof said === 'number' ? `${said} row` : said.replace(/^error, (new row|null value).*/, 'error')}`)
  }
  console.log(`${engine}, INSERT${before}${after}: ${seen.join('; ')}`)
}
sqlite.exec(`${table}; UPDATE OR IGNORE products SET price = 2`)
console.log(`SQLite, UPDATE OR IGNORE to 2: the price is ${sqlite.exec('SELECT price FROM products')[0].values[0][0]}`)
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'SQLite, INSERT OR IGNORE: known already: 0 row; no price: 0 row; a small price: 0 row; a new one: 1 row
SQLite, INSERT ON CONFLICT DO NOTHING: known already: 0 row; no price: error, NOT NULL constraint; a small price: error, CHECK constraint; a new one: 1 row
PostgreSQL, INSERT ON CONFLICT DO NOTHING: known already: 0 row; no price: error; a small price: error; a new one: 1 row
SQLite, UPDATE OR IGNORE to 2: the price is 525' ]
