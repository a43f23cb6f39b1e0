import type { Database } from '../database.ts'
import type { ApiCall } from './api-calls.ts'

/** A call that was counted, and the order that it was taken from. */
export interface CountedCall extends ApiCall {
  order: string
}

const GIVE_BACK = `
  UPDATE allowances
  SET calls_left = calls_left + 1
  WHERE order_id = @order`

// Once, also where the answer to a commit was lost. What a caller sends as an idempotency key has no space.
const GIVE_BACK_ONCE = `
  ${GIVE_BACK} AND NOT EXISTS (
    SELECT 1 FROM api_calls
    JOIN orders ON orders.buyer = api_calls.buyer
    WHERE orders.id = @order AND api_calls.idempotency_key = @givenBack)`

const KEEP_GIVEN_BACK = `
  INSERT INTO api_calls (buyer, idempotency_key, request_hash, call, order_id, called_at)
  SELECT orders.buyer, @givenBack, @keyHash, @call, orders.id, @now
  FROM orders
  WHERE orders.id = @order
  ON CONFLICT (buyer, idempotency_key) DO NOTHING`

// By the order, since its holder may have replaced the key meanwhile.
const FORGET_CALL = `
  DELETE FROM api_calls
  WHERE call = @call AND idempotency_key = @idempotencyKey
    AND buyer IN (SELECT holders.buyer FROM holders WHERE holders.order_id = @order)`

const FORGOTTEN_PER_UNIT = 100 // other units of work wait for it

// PostgreSQL plans a LIMIT that is a parameter as a tenth of all rows, and would read every call.
const FORGET_OLD_CALLS = `
  DELETE FROM api_calls
  WHERE (buyer, idempotency_key) IN (
    SELECT buyer, idempotency_key FROM api_calls WHERE called_at < @before ORDER BY called_at LIMIT ${FORGOTTEN_PER_UNIT})
  RETURNING call`

/**
 * Gives a counted call back, because the shop itself couldn't answer it: once, however often this is tried. The same idempotency
 * key is counted again then.
 */
export async function giveCallBack(
  db: Database,
  { idempotency, ...call }: CountedCall,
  now: number,
): Promise<void> {
  if (idempotency) await db.write([GIVE_BACK, FORGET_CALL], { ...call, idempotencyKey: idempotency.key })
  else
    await db.write([GIVE_BACK_ONCE, KEEP_GIVEN_BACK], { ...call, givenBack: `given back ${call.call}`, now })
}

/** Forgets which calls were made before this instant, in units of a few: the same idempotency keys are counted again. */
export async function forgetCalls(db: Database, before: number): Promise<void> {
  let forgotten = FORGOTTEN_PER_UNIT
  while (forgotten === FORGOTTEN_PER_UNIT) {
    const [rows = []] = await db.write([FORGET_OLD_CALLS], { before })
    forgotten = rows.length
  }
}
