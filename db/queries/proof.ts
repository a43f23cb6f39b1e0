import type { Database } from '../database.ts'

const MISMATCHED = `SELECT 1 FROM events WHERE events.intent = @intent AND events.verdict = 'mismatched'`

// Code rejects other details for what it has confirmed, so its word counts, also once it says less, and against mismatched events
// until all of them are dismissed.
const IS_UNPROVEN = `
  intents.confirmed_at IS NOT NULL
  AND (@isCalledPaid = 1 OR EXISTS (
    SELECT 1 FROM steps
    WHERE steps.order_id = intents.order_id AND steps.what = 'only-submitted' AND steps.detail = intents.id))
  AND (NOT EXISTS (${MISMATCHED}) OR EXISTS (${MISMATCHED} AND events.dismissed_at IS NULL))`

const FIND_PROOF = `
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM payments WHERE payments.intent = intents.id) THEN 'paid'
    WHEN ${IS_UNPROVEN} THEN 'unproven'
    ELSE 'unpaid' END AS proof
  FROM intents
  WHERE intents.id = @intent`

/**
 * Whether the shop knows a payment of an intent. `unproven`: it doesn't, but Code calls it paid, now or since before, it is the shop's
 * own request, and the merchant has not dismissed what contradicts it.
 */
export async function findProof(
  db: Database,
  intent: string,
  isCalledPaid: boolean,
): Promise<'paid' | 'unproven' | 'unpaid'> {
  const [row] = await db.read(FIND_PROOF, { intent, isCalledPaid: isCalledPaid ? 1 : 0 })
  return (row?.proof ?? 'unpaid') as 'paid' | 'unproven' | 'unpaid'
}
