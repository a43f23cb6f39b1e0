import type { Database } from '../database.ts'
import { addStep, asStepParameters } from './steps.ts'

const ENDED = `next_check_at IS NULL AND client_secret IS NOT NULL AND intents.created_at < @before`

const FIND_ENDED = `
  SELECT id
  FROM intents
  WHERE ${ENDED}
  ORDER BY created_at
  LIMIT @limit`

const SHRINK = `
  UPDATE intents
  SET client_secret = NULL, webhook_url = NULL, registration = NULL, registered_at = NULL, refusal = NULL,
    refused_at = NULL, sent_at = NULL
  WHERE id = @intent AND ${ENDED}`

// After the intent, in the order in which a settlement locks them.
const FORGET_OPEN_ORDER = `
  DELETE FROM open_orders
  WHERE intent = @intent AND (buyer, product) = (
    SELECT orders.buyer, orders.product
    FROM intents
    JOIN orders ON orders.id = intents.order_id
    WHERE intents.id = @intent AND intents.client_secret IS NULL)`

const NOTE_EXPIRY = addStep(`(SELECT intents.order_id FROM intents WHERE intents.id = @intent AND ${ENDED})`)

/**
 * Reduces up to `limit` intents of before `before` that nobody has paid, and that aren't polled any more, to what a late
 * payment needs.
 */
export async function shrinkEnded(
  db: Database,
  { now, before, limit }: { now: number; before: number; limit: number },
): Promise<void> {
  const rows = await db.read(FIND_ENDED, { before, limit })
  await Promise.all(rows.map(({ id }) => shrink(db, { intent: id as string, now, before })))
}

async function shrink(db: Database, ended: { intent: string; now: number; before: number }): Promise<void> {
  const step = asStepParameters({ what: 'expired' })
  await db.write([NOTE_EXPIRY, SHRINK, FORGET_OPEN_ORDER], { ...ended, ...step })
}
