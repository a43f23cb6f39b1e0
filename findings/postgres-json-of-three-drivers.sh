#!/usr/bin/env bash
# One would guess that a list is a list in a column of JSON, and that its text by JSON.stringify() is the way to be sure. pg writes lists as
# arrays of PostgreSQL. For most, that's an error, so one notices, but the array without elements is `{}`, which is JSON: an order
# without lines has an object. With the text, pg is right, and postgres.js, which turns each value for such a column into JSON, stores
# a text in JSON that holds JSON: the first line of such an order is all of its lines, as one text. PGlite takes both. So a program
# that moves from one driver to the other goes wrong, whichever of them it comes from. What helps: `${text}::text::jsonb` in postgres.js, the text in pg, and a
# CHECK (jsonb_typeof(lines) = 'array') in the table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 postgres@3.4.9 @electric-sql/pglite@0.5.14 \
  @electric-sql/pglite-socket@0.2.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import pg from 'pg'
import postgres from 'postgres'
const db = await PGlite.create()
const server = new PGLiteSocketServer({ db, path: `${process.cwd()}/.s.PGSQL.5432` })
await server.start()
await db.exec('CREATE TABLE orders (lines jsonb)')
const insert = 'INSERT INTO orders VALUES ($1)'
const user = { user: 'postgres', database: 'postgres' }
const drivers = {
  pg: async () => {
    const client = new pg.Client({ ...user, host: process.cwd() })
    await client.connect()
    return { write: (value) => client.query(insert, [value]), end: () => client.end() }
  },
  'postgres.js': async () => {
    const sql = postgres({ ...user, path: `${process.cwd()}/.s.PGSQL.5432`, max: 1, fetch_types: false })
    return { write: (value) => sql`INSERT INTO orders VALUES (${value})`, end: () => sql.end() }
  },
  'postgres.js, ::text::jsonb': async () => {
    const sql = postgres({ ...user, path: `${process.cwd()}/.s.PGSQL.5432`, max: 1, fetch_types: false })
    return { write: (value) => sql`INSERT INTO orders VALUES (${value}::text::jsonb)`, end: () => sql.end() }
  },
  PGlite: async () => ({ write: (value) => db.query(insert, [value]), end: () => {} }),
}
const values = { '[]': [], '["tea"]': ['tea'], 'the text of []': '[]', 'the text of ["tea"]': '["tea"]' }
for (const [name, connect] of Object.entries(drivers)) {
  const rows = []
  for (const [what, value] of Object.entries(values)) {
    if (name.endsWith('jsonb') && typeof value !== 'string') continue
    const { write, end } = await connect()
    const written = await write(value).then(() => true, () => false)
    await end()
    const stored = await db.query('DELETE FROM orders RETURNING lines::text, jsonb_typeof(lines) AS type, lines->0 AS first')
    const [row] = stored.rows
    rows.push(written ? `${what} is ${row.lines}, ${row.type}, first line ${row.first}` : `${what} is an error`)
  }
  console.log(`${name}:\n  ${rows.join('\n  ')}`)
}
process.exit()
JS
echo 'pg 8.23.1, postgres.js 3.4.9, PGlite 0.5.14'
node try.mjs | tee seen
[ "$(cat seen)" = 'pg:
  [] is {}, object, first line null
  ["tea"] is an error
  the text of [] is [], array, first line null
  the text of ["tea"] is ["tea"], array, first line tea
postgres.js:
  [] is [], array, first line null
  ["tea"] is ["tea"], array, first line tea
  the text of [] is "[]", string, first line []
  the text of ["tea"] is "[\"tea\"]", string, first line ["tea"]
postgres.js, ::text::jsonb:
  the text of [] is [], array, first line null
  the text of ["tea"] is ["tea"], array, first line tea
PGlite:
  [] is [], array, first line null
  ["tea"] is ["tea"], array, first line tea
  the text of [] is [], array, first line null
  the text of ["tea"] is ["tea"], array, first line tea' ]
