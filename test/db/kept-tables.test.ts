import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { KEPT_TABLES, LEFT_TABLES } from '../../db/engines/kept-tables.ts'
import { isOwn, readMigrations, scriptFor } from '../../db/engines/migrations.ts'
import { later } from '../support/workplace.ts'

function theSchema(): Sqlite.Database {
  const schema = new Sqlite(':memory:')
  later(() => schema.close())
  return schema.exec(scriptFor('sqlite', readFileSync('db/schema.sql', 'utf8')))
}

/** With the tables of the merchant's own migrations, which may be kept as well. */
function theSchemaWithOwn(): Sqlite.Database {
  const schema = theSchema()
  for (const { text } of readMigrations().filter(({ name }) => isOwn(name)))
    schema.exec(scriptFor('sqlite', text))
  return schema
}

test('every table of the shop’s is decided: a restore copies back what only the replaced database has, or leaves it', () => {
  const tablesOf = (schema: Sqlite.Database) =>
    schema.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  const decided = [...KEPT_TABLES.map(({ table }) => table), ...Object.keys(LEFT_TABLES)]
  expect(decided).toEqual(expect.arrayContaining(tablesOf(theSchema())))
  expect(tablesOf(theSchemaWithOwn())).toEqual(expect.arrayContaining(decided))
})

test.each(KEPT_TABLES)(
  '$table has the key and the references that the schema says, after those that it refers to',
  (kept) => {
    const { table, key, parents = {} } = kept
    const schema = theSchemaWithOwn()
    const own = schema.prepare(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
    expect(own.pluck().all()).toEqual(key)
    const references = schema
      .prepare<[], { own: string; parent: string; id: string }>(
        `SELECT "from" AS own, "table" AS parent, "to" AS id FROM pragma_foreign_key_list('${table}')`,
      )
      .all()
    expect(Object.fromEntries(references.map(({ own, parent }) => [own, parent]))).toEqual(parents)
    expect(references.filter(({ id }) => id !== 'id')).toEqual([])
    const before = KEPT_TABLES.slice(0, KEPT_TABLES.indexOf(kept)).map((each) => each.table)
    expect(before).toEqual(expect.arrayContaining(Object.values(parents)))
  },
)
