import type { Database } from '../database.ts'

/** An event that pays an address of the shop for an intent that the shop doesn't have. `hundredths` of `currency`. */
export interface Orphan {
  digest: string
  intent: string
  hundredths: number
  currency: string
  destination: string
  firstSeenAt: number
}

const FIND_ORPHAN = `
  SELECT digest, intent, hundredths, currency, destination, first_seen_at
  FROM events
  WHERE digest = @digest AND verdict = 'orphaned' AND intent IS NOT NULL AND hundredths > 0 AND currency IS NOT NULL
    AND destination IS NOT NULL`

/** Finds an orphaned event that says what it paid. */
export async function findOrphan(db: Database, digest: string): Promise<Orphan | undefined> {
  const [row] = await db.read(FIND_ORPHAN, { digest })
  return (
    row && {
      digest: String(row.digest),
      intent: String(row.intent),
      hundredths: Number(row.hundredths),
      currency: String(row.currency),
      destination: String(row.destination),
      firstSeenAt: Number(row.first_seen_at),
    }
  )
}
