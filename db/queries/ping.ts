import type { Database } from '../database.ts'
import { DatabaseUnavailable } from '../engines/errors.ts'
import { isOwn } from '../engines/migrations.ts'

// The value changes: SQLite skips a write that wouldn't change anything.
const PING = `
  INSERT INTO meta (key, value)
  VALUES ('pinged_at', @now)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`

const LASTING_MS = 10_000 // nobody says when it is over, and such units may come seldom

const FIND_RECORDS = `
  SELECT name, sha256
  FROM migrations`

/**
 * Writes something, since a full or read-only disk can still be read, and asks whether the tables are those of this version of the
 * shop, and may be used. Throws DatabaseUnavailable, also for a while after a unit of work has failed in a way that lasts.
 */
export async function ping(db: Database, now: number): Promise<void> {
  await db.write([PING], { now: String(now) })
  await assertNotUpdated(db) // first, since a newer version may have other tables
  await db.assertAllowed?.()
  assertNotFailing(db)
}

/** On a full disk, PostgreSQL still finds space for a short row that is written again, as the ping does, but for hardly any order. */
function assertNotFailing({ lastingFailure }: Database): void {
  if (lastingFailure && performance.now() - lastingFailure.at < LASTING_MS) throw lastingFailure.error
}

/** An instance of an older version may go on while a newer one starts, but some of its statements no longer fit the tables. */
async function assertNotUpdated(db: Database): Promise<void> {
  const records = await db.read(FIND_RECORDS, {})
  // The merchant's own migrations are left out: they don't change the shop's tables.
  if (records.every(({ name, sha256 }) => isOwn(String(name)) || db.migrations.has(String(sha256)))) return
  const reason =
    'a newer version of the shop has updated it, so this instance must be stopped, or replaced by one of that version'
  throw new DatabaseUnavailable(`The database cannot answer now: ${reason}`, { reason })
}
