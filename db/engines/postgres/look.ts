import type { Row } from '../driver.ts'
import type { DurabilitySetting, ReadOnly } from '../look.ts'
import { asOpeningError } from './errors.ts'
import { createClient, preparationOn } from './opening.ts'
import { findKeepsStatements, sharesConnections } from './pooler.ts'
import { assertAllowed } from './rights.ts'

const SETTINGS = ['fsync', 'full_page_writes']

const FIND_SETTINGS = `
  SELECT name, setting
  FROM pg_settings
  WHERE name IN (${SETTINGS.map((name) => `'${name}'`).join(', ')})
  ORDER BY name`

/**
 * Lets `look` read a database in a transaction that can't write, and finds out what a pooler in front of it does with
 * connections and prepared statements. Throws DatabaseUnavailable, DatabaseRefused.
 */
export async function lookAtPostgres<T>(
  url: string,
  look: (database: ReadOnly) => Promise<T>,
): Promise<{
  found: T
  settings: DurabilitySetting[]
  keepsStatements: boolean
  sharesConnections: boolean
}> {
  const client = createClient(url)
  try {
    await client.connect()
    await client.query('BEGIN READ ONLY')
    const found = await look(preparationOn(client, new Map()))
    await assertAllowed(client)
    const { rows } = await client.query<Row>(FIND_SETTINGS)
    await client.query('ROLLBACK')
    const settings = rows.map(({ name, setting }) => ({
      name: String(name),
      value: String(setting),
      promised: 'on',
    }))
    return {
      found,
      settings,
      keepsStatements: await findKeepsStatements(client, createClient(url)),
      sharesConnections: await sharesConnections(client, createClient(url)),
    }
  } catch (error) {
    throw asOpeningError(error, client)
  } finally {
    await client.end()
  }
}
