import type { Database } from '../database.ts'
import { LAST_BACKUP, type LastBackup } from '../engines/copied.ts'

/** Returns what the database records of the last backup; undefined if there was none. */
export async function findLastBackup(db: Pick<Database, 'read'>): Promise<LastBackup | undefined> {
  const [found] = await db.read(LAST_BACKUP, {})
  return found && JSON.parse(found.value as string)
}
