import type { Database } from '../database.ts'
import type { Parameters, Row } from '../engines/driver.ts'
import { IS_VALID } from './access.ts'
import { lockFirst } from './locks.ts'
import type { Instant } from './windows.ts'

/** A call of the API. */
export interface ApiCall {
  /** Unique */
  call: string
  /** SHA-256 (hex) of the key with which it is made */
  keyHash: string
  /** `api:<endpoint>` */
  scope: string
  /** What makes a repeated request known, and the SHA-256 (hex) of the request */
  idempotency: { key: string; requestHash: string } | undefined
}

/** `repeated`: counted before. `reused`: its idempotency key belongs to another request. */
export type CallOutcome =
  | { outcome: 'counted'; order: string; callsLeft: number }
  | { outcome: 'repeated'; callsLeft: number }
  | { outcome: 'reused' }
  | { outcome: 'none-left' }

/** Of grants with their allowances: how many calls were bought, and how many are left. */
export const ADD_UP_CALLS = `
  SUM(grants.calls) AS calls_bought, SUM(COALESCE(allowances.calls_left, grants.calls)) AS calls_left`

// The orders whose holder has this key.
const ORDERS_OF_KEY = `
  FROM api_keys
  JOIN entitlements ON entitlements.buyer = api_keys.buyer AND entitlements.scope = api_keys.scope
  JOIN grants ON grants.order_id = entitlements.order_id AND grants.scope = entitlements.scope`

const IS_KEY = `api_keys.key_hash = @keyHash AND api_keys.scope = @scope AND ${IS_VALID}`

// Changes nothing if the oldest order has no allowance yet. The outer condition is looked at again by PostgreSQL when another
// call was faster, and the inner one isn't.
const takeCall = (condition: string) => `
  UPDATE allowances
  SET calls_left = calls_left - 1, last_call = @call
  WHERE calls_left > 0 AND order_id = (
    SELECT entitlements.order_id
    ${ORDERS_OF_KEY}
    LEFT JOIN allowances AS open ON open.order_id = entitlements.order_id
    WHERE ${IS_KEY} AND COALESCE(open.calls_left, grants.calls) > 0${condition}
    ORDER BY entitlements.order_id
    LIMIT 1)
  RETURNING order_id`

// First of all, as forgetCalls runs now and then: until then, an old call would make its key known for longer than is promised.
const FORGET_OLD_CALL = `
  DELETE FROM api_calls
  WHERE idempotency_key = @idempotencyKey AND called_at < @before
    AND buyer IN (SELECT api_keys.buyer FROM api_keys WHERE api_keys.key_hash = @keyHash AND api_keys.scope = @scope)`

const CALLED_BEFORE = `
  SELECT 1 FROM api_calls
  WHERE api_calls.buyer = api_keys.buyer AND api_calls.idempotency_key = @idempotencyKey`

const TAKE_CALL = takeCall('')
const TAKE_NEW_CALL = takeCall(` AND NOT EXISTS (${CALLED_BEFORE})`)

const KEEP_CALL = `
  INSERT INTO api_calls (buyer, idempotency_key, request_hash, call, order_id, called_at)
  SELECT api_keys.buyer, @idempotencyKey, @requestHash, @call, allowances.order_id, @now
  ${ORDERS_OF_KEY}
  JOIN allowances ON allowances.order_id = entitlements.order_id
  WHERE ${IS_KEY} AND allowances.last_call = @call
  ON CONFLICT (buyer, idempotency_key) DO NOTHING`

// The same request in another instance was faster.
const RETURN_CALL = `
  UPDATE allowances
  SET calls_left = calls_left + 1, last_call = NULL
  WHERE last_call = @call AND order_id IN (SELECT entitlements.order_id ${ORDERS_OF_KEY} WHERE ${IS_KEY})
    AND NOT EXISTS (
      SELECT 1 FROM api_keys
      JOIN api_calls ON api_calls.buyer = api_keys.buyer
      WHERE api_keys.key_hash = @keyHash AND api_calls.idempotency_key = @idempotencyKey AND api_calls.call = @call)`

// Once all access has ended, nothing is repeated either.
const FIND_CALL = `
  SELECT api_calls.request_hash, api_calls.call
  FROM api_keys
  JOIN api_calls ON api_calls.buyer = api_keys.buyer
  WHERE api_calls.idempotency_key = @idempotencyKey AND api_keys.key_hash = @keyHash AND api_keys.scope = @scope
    AND EXISTS (
      SELECT 1 FROM entitlements
      WHERE entitlements.buyer = api_keys.buyer AND entitlements.scope = api_keys.scope AND ${IS_VALID})`

const COUNT_LEFT = `
  SELECT ${ADD_UP_CALLS}
  ${ORDERS_OF_KEY}
  LEFT JOIN allowances ON allowances.order_id = entitlements.order_id
  WHERE ${IS_KEY} AND grants.calls IS NOT NULL`

const OPEN_ALLOWANCES = `
  INSERT INTO allowances (order_id, calls_left)
  SELECT entitlements.order_id, grants.calls
  ${ORDERS_OF_KEY}
  WHERE ${IS_KEY} AND grants.calls IS NOT NULL
  ON CONFLICT (order_id) DO NOTHING
  RETURNING order_id`

// A key that is replaced meanwhile would belong to nobody in the middle of the unit: its replacement waits.
const LOCK_KEY = `
  UPDATE api_keys
  SET created_at = created_at
  WHERE key_hash = @keyHash`

const ATTEMPTS = 5 // of several orders, the one that was chosen may have lost its last call meanwhile

/**
 * Counts a call, durably when it resolves: takes it from the oldest order of the key's buyer that has one left. More calls than
 * were paid for never pass, however many come at once. What was called `before` this instant is counted again.
 */
export async function countCall(
  db: Database,
  call: ApiCall,
  at: Instant,
  before: number,
): Promise<CallOutcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryToCount(db, call, at, before)
    if (outcome.outcome !== 'none-left') return outcome
    const { idempotency: _, ...key } = call
    const [opened] = await db.write([OPEN_ALLOWANCES], { ...key, ...at })
    const isWorthwhile = (opened?.length ?? 0) > 0 || (await countLeft(db, key, at)) > 0
    if (!isWorthwhile || attempt === ATTEMPTS) return outcome
  }
}

async function tryToCount(
  db: Database,
  { idempotency, ...call }: ApiCall,
  { now, today }: Instant,
  before: number,
): Promise<CallOutcome> {
  if (!idempotency) {
    const [taken, left] = await writeLocked(db, [TAKE_CALL, COUNT_LEFT], { now, today, ...call })
    return toOutcome(taken, left)
  }
  const { key: idempotencyKey, requestHash } = idempotency
  const [, taken, , , found, left] = await writeLocked(
    db,
    [FORGET_OLD_CALL, TAKE_NEW_CALL, KEEP_CALL, RETURN_CALL, FIND_CALL, COUNT_LEFT],
    { idempotencyKey, requestHash, before, now, today, ...call },
  )
  const [kept] = found ?? []
  if (!kept) return { outcome: 'none-left' }
  if (kept.call === call.call) return toOutcome(taken, left)
  if (kept.request_hash !== requestHash) return { outcome: 'reused' }
  return { outcome: 'repeated', callsLeft: toCalls(left?.[0]).callsLeft }
}

/** Resolves with the rows of each statement. */
async function writeLocked(
  db: Database,
  statements: readonly string[],
  parameters: Parameters,
): Promise<Row[][]> {
  const results = await db.write(lockFirst(db, LOCK_KEY, statements), parameters)
  return results.slice(-statements.length)
}

function toOutcome(taken: Row[] | undefined, left: Row[] | undefined): CallOutcome {
  const [order] = taken ?? []
  if (!order) return { outcome: 'none-left' }
  return { outcome: 'counted', order: order.order_id as string, callsLeft: toCalls(left?.[0]).callsLeft }
}

export function toCalls(row: Row | undefined): { callsLeft: number; callsBought: number } {
  return { callsLeft: Number(row?.calls_left ?? 0), callsBought: Number(row?.calls_bought ?? 0) }
}

async function countLeft(
  db: Database,
  { keyHash, scope }: Pick<ApiCall, 'keyHash' | 'scope'>,
  { today }: Pick<Instant, 'today'>,
): Promise<number> {
  const [row] = await db.read(COUNT_LEFT, { keyHash, scope, today })
  return toCalls(row).callsLeft
}
