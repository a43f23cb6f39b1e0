import type { LastBackup } from '../engines/copied.ts'
import { type DurabilitySetting, lookAtSchema, type ReadOnly, type SchemaLook } from '../engines/look.ts'
import type { Mode } from '../engines/migrate.ts'
import { isPostgres } from '../engines/of-url.ts'
import { findLastAutomaticBackup, findLastBackup } from '../queries/backups.ts'

/** What was found in a database without opening it for sales. */
export interface DatabaseLook extends SchemaLook {
  settings: readonly DurabilitySetting[]
  /** Whether connections keep what is prepared on them; a pooler in front of PostgreSQL may not */
  keepsStatements: boolean
  /** Whether a pooler lends the server's connections for one transaction at a time, so that no backup can be made through it */
  sharesConnections: boolean
  /** Whether it is certain that no shop has it open */
  isUnused: boolean
  lastBackup: LastBackup | undefined
  /** The last one that the shop made by itself */
  lastAutomaticBackup: LastBackup | undefined
}

const loadSqlite = async () => (await import('../engines/sqlite/index.ts')).loadCommands()

/**
 * Looks at a database, and changes nothing: it is neither created nor brought up to date. Returns undefined if there is none yet.
 * Throws DatabaseRefused, DatabaseUnavailable.
 */
export async function lookAtDatabase(url: string, mode: Mode): Promise<DatabaseLook | undefined> {
  const look = async (database: ReadOnly) => {
    const schema = await lookAtSchema(database, mode)
    if (!schema.tables.includes('meta'))
      return { ...schema, lastBackup: undefined, lastAutomaticBackup: undefined }
    const reader = { read: database.query }
    return {
      ...schema,
      lastBackup: await findLastBackup(reader),
      lastAutomaticBackup: await findLastAutomaticBackup(reader),
    }
  }
  // Imported on demand, so that only the engine in use takes memory.
  const looked = isPostgres(url)
    ? await (await import('../engines/postgres/index.ts')).lookAtPostgres(url, look)
    : await (await loadSqlite()).lookAtSqlite(url.replace(/^sqlite:/, ''), look)
  if (!looked) return undefined
  const { found, ...facts } = looked
  return { keepsStatements: true, sharesConnections: false, isUnused: false, ...facts, ...found }
}
