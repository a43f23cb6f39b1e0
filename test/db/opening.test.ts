import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DatabaseRefused, openDatabase } from '../../db/index.ts'
import { anInstance, NOW } from '../support/database.ts'
import { type Engine, onEveryEngine, sqlite } from '../support/engines.ts'

onEveryEngine((engine) => {
  const open = (url: string, mode: 'sandbox' | 'live' = 'sandbox') => openDatabase({ url, mode })

  test('a database of live money is not opened for pretended money, nor the other way round', async () => {
    const url = await engine.anEmptyDatabase()
    await (await open(url, 'live')).close()
    await expect(open(url, 'sandbox')).rejects.toThrow('belongs to CODE_MODE=live')
    await (await open(url, 'live')).close()
  })

  test('a database of a newer shop is left alone', async () => {
    const url = await engine.anEmptyDatabase()
    await (await open(url)).close()
    await engine.query(url, `UPDATE meta SET value = '999' WHERE key = 'schema_version'`)
    await expect(open(url)).rejects.toThrow('schema version 999')
  })

  test('a database of another program is left alone', async () => {
    const url = await engine.anEmptyDatabase()
    await engine.query(url, 'CREATE TABLE recipes (name TEXT)')
    await expect(open(url)).rejects.toThrow(DatabaseRefused)
  })

  test('instances that start together make one database', async () => {
    const url = await engine.anEmptyDatabase()
    const instances = await Promise.all(Array.from({ length: 5 }, () => anInstance(url)))
    for (const instance of instances) await instance.ping(NOW)
    const migrations = readdirSync('db/migrations')
    expect(
      await engine.query(url, `SELECT key, value FROM meta WHERE key <> 'pinged_at' ORDER BY key`),
    ).toEqual([
      { key: 'mode', value: 'sandbox' },
      { key: 'schema_version', value: String(migrations.length) },
    ])
  })

  test('the migrations make what the schema shows', async () => {
    const [bySchema, byMigrations] = [await engine.anEmptyDatabase(), await engine.anEmptyDatabase()]
    await engine.execute(bySchema, readFileSync('db/schema.sql', 'utf8'))
    await anInstance(byMigrations)
    const shape = await shapeOf(engine, bySchema)
    expect(shape.length).toBeGreaterThan(10)
    expect(await shapeOf(engine, byMigrations)).toEqual(shape)
  })
})

const SQLITE_SHAPE = `
  SELECT type, name, replace(replace(sql, char(10), ' '), '  ', ' ') AS sql
  FROM sqlite_schema
  ORDER BY name`

const POSTGRES_SHAPE = `
  SELECT table_name, column_name AS name, data_type AS type, is_nullable AS sql
  FROM information_schema.columns
  WHERE table_schema = current_schema()
  UNION ALL
  SELECT tablename, indexname, 'index', indexdef
  FROM pg_indexes
  WHERE schemaname = current_schema()
  UNION ALL
  SELECT conrelid::regclass::text, conname, 'constraint', pg_get_constraintdef(oid)
  FROM pg_constraint
  WHERE connamespace = current_schema()::regnamespace
  ORDER BY 1, 2, 3`

function shapeOf(engine: Engine, url: string) {
  return engine.query(url, engine === sqlite ? SQLITE_SHAPE : POSTGRES_SHAPE)
}
