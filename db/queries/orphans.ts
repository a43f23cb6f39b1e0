import type { Database } from '../database.ts'

/** An event that paid an address of the shop for an intent that the shop didn't have then. `hundredths` of `currency`. */
export interface Orphan {
  digest: string
  intent: string
  hundredths: number
  currency: string
  destination: string
  firstSeenAt: number
  /** Whether a payment stands for it, because the merchant honoured it */
  isUsed: boolean
  /** Whether the shop has the intent by now: from a backup, or because the event was honoured */
  hasIntent: boolean
}

const FIND_ORPHAN = `
  SELECT digest, intent, hundredths, currency, destination, first_seen_at,
    CASE WHEN EXISTS (SELECT 1 FROM payments WHERE payments.honoured_event = events.digest) THEN 1 ELSE 0 END AS is_used,
    CASE WHEN EXISTS (SELECT 1 FROM intents WHERE intents.id = events.intent) THEN 1 ELSE 0 END AS has_intent
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
      isUsed: Number(row.is_used) === 1,
      hasIntent: Number(row.has_intent) === 1,
    }
  )
}
