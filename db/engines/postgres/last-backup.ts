import { FIND_BACKUP, LAST_BACKUP, NOTE_BACKUP } from '../copied.ts'
import { withClient } from './dump.ts'
import { numbered } from './numbered.ts'

/** Records a backup in the database, which isn't opened as the shop opens it: that would bring its schema up to date. */
export function noteInPostgres(url: string, keys: readonly string[], value: string): Promise<void> {
  const { text } = numbered(NOTE_BACKUP)
  return withClient(url, async (client) => {
    for (const key of keys) await client.query(text, [key, value])
  })
}

/** Returns what the database records of its last backup. */
export function findInPostgres(url: string): Promise<string | undefined> {
  const { text } = numbered(FIND_BACKUP)
  return withClient(url, async (client) => (await client.query(text, [LAST_BACKUP])).rows[0]?.value)
}
