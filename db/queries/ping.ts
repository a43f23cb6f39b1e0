import type { Database } from '../database.ts'

// The value changes: SQLite skips a write that wouldn't change anything.
const PING = `
  INSERT INTO meta (key, value)
  VALUES ('pinged_at', @now)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`

/** Writes something, since a full or read-only disk can still be read, and asks whether every table may be used. Throws DatabaseUnavailable. */
export async function ping(db: Database, now: number): Promise<void> {
  await db.write([PING], { now: String(now) })
  await db.assertAllowed?.()
}
