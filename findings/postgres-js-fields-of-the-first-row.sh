#!/usr/bin/env bash
# One would guess that `sql(rows)` of postgres.js inserts the rows that it's given. The columns are the fields of the first row. A field that
# only a later one has is dropped without an error: the note of the second buyer is NULL. In the other order, the same two rows
# are an error, so it depends on which buyer comes first. The README's own example has a row with a field more, and shows a
# statement that isn't the one that is sent. Knex and Kysely write the columns of all rows. What helps: to name the columns,
# `sql(rows, 'id', 'note')`, with null where there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts postgres@3.4.9 kysely@0.28.19 @electric-sql/pglite@0.5.14 \
  @electric-sql/pglite-socket@0.2.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { DummyDriver, Kysely, PostgresAdapter, PostgresQueryCompiler } from 'kysely'
import postgres from 'postgres'
const db = await PGlite.create()
const server = new PGLiteSocketServer({ db, path: `${process.cwd()}/.s.PGSQL.5432` })
await server.start()
const sql = postgres({ user: 'postgres', database: 'postgres', path: `${process.cwd()}/.s.PGSQL.5432`, max: 1, fetch_types: false })
const kysely = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
await sql`CREATE TABLE buyers (id INT, note TEXT)`
const rows = [{ id: 1 }, { id: 2, note: 'by post' }]
const ways = {
  'sql(rows)': () => sql`INSERT INTO buyers ${sql(rows)}`,
  'sql(rows), the other order': () => sql`INSERT INTO buyers ${sql([...rows].reverse())}`,
  "sql(rows, 'id', 'note'), with null": () => sql`INSERT INTO buyers ${sql([{ id: 1, note: null }, rows[1]], 'id', 'note')}`,
  Kysely: () => {
    const { sql: text, parameters } = kysely.insertInto('buyers').values(rows).compile()
    return sql.unsafe(text, parameters)
  },
}
for (const [name, insert] of Object.entries(ways)) {
  await sql`DELETE FROM buyers`
  const error = await insert().then(() => '', (thrown) => `${thrown.code}, `)
  const stored = await sql`SELECT id, note FROM buyers ORDER BY id`
  console.log(`${name}: ${error}${stored.map(({ id, note }) => `${id} ${note}`).join(', ') || 'nothing stored'}`)
}
process.exit()
JS
echo 'postgres.js 3.4.9, Kysely 0.28.19, PGlite 0.5.14'
node try.mjs | tee seen
[ "$(cat seen)" = "sql(rows): 1 null, 2 null
sql(rows), the other order: UNDEFINED_VALUE, nothing stored
sql(rows, 'id', 'note'), with null: 1 null, 2 by post
Kysely: 1 null, 2 by post" ]
