import type { Database } from '../database.ts'

// Both are read from the index of what is polled, so that they take no longer in a shop with many orders.
const COUNT_POLLED = `
  SELECT COUNT(*) AS polled
  FROM (SELECT 1 FROM intents WHERE next_check_at IS NOT NULL LIMIT @most) AS polled`

const FIND_NEXT_CHECK = `
  SELECT MIN(next_check_at) AS next_check_at
  FROM intents
  WHERE next_check_at IS NOT NULL`

/** Counts the unpaid intents that are polled, up to `most` of them. */
export async function countPolledIntents(db: Database, most: number): Promise<number> {
  const [row] = await db.read(COUNT_POLLED, { most })
  return Number(row?.polled)
}

/** Returns when the next poll of any intent is due; undefined if none is polled. */
export async function findNextCheck(db: Database): Promise<number | undefined> {
  const [row] = await db.read(FIND_NEXT_CHECK, {})
  return row?.next_check_at == null ? undefined : Number(row.next_check_at)
}
