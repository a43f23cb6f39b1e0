import type { Database } from '../database.ts'

/** How many deliveries were rejected for a reason in the hour that begins at `hour`, in milliseconds since 1970. */
export interface RejectionCount {
  hour: number
  reason: string
  count: number
}

const addCounts = (counts: readonly RejectionCount[]) => `
  INSERT INTO rejections (hour, reason, count)
  VALUES ${counts.map((_, number) => `(@hour${number}, @reason${number}, @count${number})`).join(', ')}
  ON CONFLICT (hour, reason) DO UPDATE
  SET count = rejections.count + excluded.count`

const FORGET = `
  DELETE FROM rejections
  WHERE hour < @before`

const FIND_REJECTIONS = `
  SELECT hour, reason, count
  FROM rejections
  WHERE hour >= @since
  ORDER BY hour DESC, reason
  LIMIT @limit`

/** Adds to the counts, of which no two may be for the same hour and reason, and forgets those from before `before`. */
export async function addRejections(
  db: Database,
  counts: readonly RejectionCount[],
  before: number,
): Promise<void> {
  const values = counts.flatMap(({ hour, reason, count }, number) => [
    [`hour${number}`, hour],
    [`reason${number}`, reason],
    [`count${number}`, count],
  ])
  await db.write([addCounts(counts), FORGET], { ...Object.fromEntries(values), before })
}

/** Finds how many deliveries were rejected since then, the newest hour first. */
export async function findRejections(
  db: Database,
  { since, limit }: { since: number; limit: number },
): Promise<RejectionCount[]> {
  const rows = await db.read(FIND_REJECTIONS, { since, limit })
  return rows.map((row) => ({
    hour: Number(row.hour),
    reason: String(row.reason),
    count: Number(row.count),
  }))
}
