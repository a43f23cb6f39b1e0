import { LAST_BACKUP, NOTE_BACKUP } from '../copied.ts'
import { withClient } from './dump.ts'
import { numbered } from './numbered.ts'

/** Records a backup in the database, which isn't opened as the shop opens it: that would bring its schema up to date. */
export async function noteInPostgres(url: string, value: string): Promise<void> {
  await withClient(url, (client) => client.query(numbered(NOTE_BACKUP).text, [value]))
}

/** Returns what the database records of its last backup. */
export function findInPostgres(url: string): Promise<string | undefined> {
  return withClient(url, async (client) => (await client.query(LAST_BACKUP)).rows[0]?.value)
}
