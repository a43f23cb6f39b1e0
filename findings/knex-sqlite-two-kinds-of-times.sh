#!/usr/bin/env bash
# One would guess that a column of Knex which is a timestamp holds times of one kind. In SQLite, `knex.fn.now()`, which
# `timestamps(true, true)` makes the default, writes the text "2026-11-01 00:00:00", and a Date is written as a number of milliseconds. SQLite
# sorts each text behind each number. So whatever got its time by default is later than any Date: all of it is found "since 2090",
# none of it before, and orders that were imported with their times come first for good. In PostgreSQL the same program is right.
# What helps: a default of one's own in milliseconds, as below, or to give each row its Date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund knex@3.3.0 better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > try.mjs << 'JS'
import knexOf from 'knex'
const knex = knexOf({ client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true })
const defaults = { 'fn.now()': knex.fn.now(), milliseconds: knex.raw("(unixepoch('subsec') * 1000)") }
for (const [name, value] of Object.entries(defaults)) {
  await knex.schema.dropTableIfExists('orders')
  await knex.schema.createTable('orders', (table) => {
    table.string('title')
    table.timestamp('paid_at').defaultTo(value)
  })
  await knex('orders').insert({ title: 'paid now' })
  await knex('orders').insert({ title: 'due in 2099', paid_at: new Date('2099-11-01') })
  const rows = await knex('orders').orderBy('paid_at').select('title', knex.raw('typeof(paid_at) AS kind'))
  const since = await knex('orders').where('paid_at', '>', new Date('2090-01-01')).pluck('title')
  const before = await knex('orders').where('paid_at', '<', new Date('2090-01-01')).pluck('title')
  console.log(`${name}: in order of time ${rows.map((row) => `${row.title} (${row.kind === 'text' ? 'text' : 'number'})`).join(', ')}`)
  console.log(`  since 2090: ${since.join(', ') || 'none'}; before: ${before.join(', ') || 'none'}`)
}
await knex.destroy()
JS
echo 'Knex 3.3.0, better-sqlite3 13.2.0'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = 'fn.now(): in order of time due in 2099 (number), paid now (text)
  since 2090: paid now, due in 2099; before: none
milliseconds: in order of time paid now (number), due in 2099 (number)
  since 2090: due in 2099; before: paid now' ]
