#!/usr/bin/env bash
# One would guess that a migration that drops a column leaves the rows of other tables alone. For SQLite, Knex copies the table, drops it
# and renames the copy, and it switches foreign keys off for that time. In a transaction, SQLite ignores that switch, and a migration
# runs in one by default. Dropping the table then deletes its rows first, and what refers to them with ON DELETE CASCADE: after
# `dropColumn('subtitle')` of the products, no order has a line. alter(), setNullable() and dropForeign() do the same. Nothing says so, and
# the migration succeeds. Sequelize deletes the lines in any case, even if it only renames a column. What helps: `export const config = {
# transaction: false }` in such a migration, or `ALTER TABLE … DROP COLUMN` by knex.raw(), which SQLite has had for years.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund knex@3.3.0 better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > try.mjs << 'JS'
import knexOf from 'knex'
const drop = (knex) => knex.schema.alterTable('products', (table) => void table.dropColumn('subtitle'))
const ways = {
  'dropColumn(), in a transaction': { up: drop },
  'dropColumn(), in none': { up: drop, config: { transaction: false } },
  'alter(), in a transaction': { up: (knex) => knex.schema.alterTable('products', (table) => void table.string('title').notNullable().alter()) },
  'DROP COLUMN, in a transaction': { up: (knex) => knex.raw('ALTER TABLE products DROP COLUMN subtitle') },
}
for (const [name, migration] of Object.entries(ways)) {
  const knex = knexOf({ client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true })
  await knex.raw('PRAGMA foreign_keys = ON')
  await knex.schema.createTable('products', (table) => {
    table.increments()
    table.string('title')
    table.string('subtitle')
  })
  await knex.schema.createTable('lines', (table) => {
    table.increments()
    table.integer('product_id').references('products.id').onDelete('CASCADE')
  })
  await knex('products').insert({ title: 'tea' })
  await knex('lines').insert({ product_id: 1 })
  const source = { getMigrations: async () => ['one'], getMigrationName: (n) => n, getMigration: async () => ({ down() {}, ...migration }) }
  await knex.migrate.latest({ migrationSource: source })
  const count = async (table) => (await knex(table).count({ n: '*' }))[0].n
  console.log(`${name}: ${await count('products')} product(s), ${await count('lines')} line(s)`)
  await knex.destroy()
}
JS
echo 'Knex 3.3.0, better-sqlite3 13.2.0'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = 'dropColumn(), in a transaction: 1 product(s), 0 line(s)
dropColumn(), in none: 1 product(s), 1 line(s)
alter(), in a transaction: 1 product(s), 0 line(s)
DROP COLUMN, in a transaction: 1 product(s), 1 line(s)' ]
