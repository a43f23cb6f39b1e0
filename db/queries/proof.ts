import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'

const MISMATCHED = `SELECT 1 FROM events WHERE events.intent = @intent AND events.verdict = 'mismatched'`

const IS_CALLED_PAID = `EXISTS (
    SELECT 1 FROM steps
    WHERE steps.order_id = intents.order_id AND steps.what = 'only-submitted' AND steps.detail = intents.id)`

// Code rejects other details for what it has confirmed, so its word counts, also once it says less, and against mismatched events
// until all of them are dismissed; but not against the merchant, who has checked the wallet.
const IS_UNPROVEN = `
  intents.confirmed_at IS NOT NULL AND intents.denied_at IS NULL
  AND (@isCalledPaid = 1 OR ${IS_CALLED_PAID})
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
 * own request, and the merchant has neither denied that nor dismissed what contradicts it.
 */
export async function findProof(
  db: Database,
  intent: string,
  isCalledPaid: boolean,
): Promise<'paid' | 'unproven' | 'unpaid'> {
  const [row] = await db.read(FIND_PROOF, { intent, isCalledPaid: isCalledPaid ? 1 : 0 })
  return (row?.proof ?? 'unpaid') as 'paid' | 'unproven' | 'unpaid'
}

const DENY = `
  UPDATE intents
  SET denied_at = @now
  WHERE order_id = @order AND confirmed_at IS NOT NULL AND denied_at IS NULL AND ${IS_CALLED_PAID}
    AND NOT EXISTS (SELECT 1 FROM payments WHERE payments.order_id = intents.order_id)
  RETURNING id`

const RECORD_DENIAL = recordActionIf(
  'EXISTS (SELECT 1 FROM intents WHERE intents.order_id = @order AND intents.denied_at = @now)',
)

/**
 * Records that no money came for the intents of an unpaid order which Code calls paid: the buyer may order again. What Code says later
 * about another intent counts. False if there is nothing to deny.
 */
export async function denyPayment(
  db: Database,
  order: string,
  action: Action & { session: string },
  now: number,
): Promise<boolean> {
  const [denied] = await db.write([DENY, RECORD_DENIAL], { ...asActionParameters(action, now), order })
  return denied !== undefined && denied.length > 0
}
