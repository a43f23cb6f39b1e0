import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { newId } from './ids.ts'
import { lockFirst } from './locks.ts'
import { IS_IN_FORCE } from './order-states.ts'
import { lockHoldersOf } from './settle.ts'
import { closeGapsBehind, type Instant, RESUME_WINDOW } from './windows.ts'

/** The end of the access that an order gave: of all its holders, or of one buyer. */
export interface Revocation {
  order: string
  buyer: string | undefined
  reason: string
}

/** `already`: it has ended, or was restored, before. */
export type RevocationOutcome = 'revoked' | 'already' | 'unknown'
export type RestorationOutcome = 'restored' | 'already' | 'unknown'

/**
 * The statement that ends access to the order that `order` finds, of all holders or of @buyer, unless that has ended
 * already. `refund` is SQL for the refund that ends it, if one does.
 */
export const endAccess = ({ order, refund = 'NULL' }: { order: string; refund?: string }) => `
  INSERT INTO revocations (id, order_id, buyer, reason, refund, revoked_at, revoked_day, revoked_by)
  SELECT @revocation, orders.id, @buyer, @reason, ${refund}, @now, @today, @session
  FROM orders
  WHERE orders.id = ${order}
    AND (CAST(@buyer AS TEXT) IS NULL
      OR EXISTS (SELECT 1 FROM holders WHERE holders.order_id = orders.id AND holders.buyer = @buyer))
    AND NOT EXISTS (
      SELECT 1 FROM revocations
      WHERE revocations.order_id = orders.id AND COALESCE(revocations.buyer, '') = COALESCE(CAST(@buyer AS TEXT), '')
        AND ${IS_IN_FORCE})
  RETURNING id`

const END_ACCESS = endAccess({ order: '@order' })

const RECORD_REVOKING = recordActionIf(
  'EXISTS (SELECT 1 FROM revocations WHERE revocations.id = @revocation)',
)

const FIND_HOLDING = `
  SELECT 1 AS found
  FROM holders
  WHERE holders.order_id = @order AND (CAST(@buyer AS TEXT) IS NULL OR holders.buyer = @buyer)
  LIMIT 1`

const CLOSE_GAPS = closeGapsBehind('@order')

/** Ends access to an order, of all its holders or of one buyer who holds it. Only the former moves windows. */
export async function revokeAccess(
  db: Database,
  { order, buyer, reason }: Revocation,
  action: Action & { session: string },
  at: Instant,
): Promise<RevocationOutcome> {
  const statements = lockFirst(db, lockHoldersOf('@order'), [
    END_ACCESS,
    ...(buyer === undefined ? [CLOSE_GAPS] : []),
    RECORD_REVOKING,
    FIND_HOLDING,
  ])
  const results = await db.write(statements, {
    ...asActionParameters(action, at.now),
    today: at.today,
    order,
    buyer: buyer ?? null,
    reason,
    revocation: newId(at.now),
  })
  if (results[statements.indexOf(END_ACCESS)]?.length === 1) return 'revoked'
  return results.at(-1)?.length === 1 ? 'already' : 'unknown'
}

const ORDER_OF_REVOCATION = `
  (SELECT revocations.order_id FROM revocations WHERE revocations.id = @revocation AND revocations.order_id = @order)`

const RESTORE_ACCESS = `
  INSERT INTO restorations (revocation, reason, restored_at, restored_by)
  SELECT revocations.id, @reason, @now, @session
  FROM revocations
  WHERE revocations.id = @revocation AND revocations.order_id = @order
  ON CONFLICT (revocation) DO NOTHING
  RETURNING revocation`

// The time and the session name this restoration, even if another session restores the same revocation.
const RECORD_RESTORING = recordActionIf(`EXISTS (
    SELECT 1 FROM restorations
    WHERE restorations.revocation = @revocation AND restorations.restored_by = @session
      AND restorations.restored_at = @now)`)

const FIND_REVOCATION = `
  SELECT 1 AS found
  FROM revocations
  WHERE revocations.id = @revocation AND revocations.order_id = @order`

/** Gives back the access to an order that one of its revocations has ended. */
export async function restoreAccess(
  db: Database,
  restoration: { order: string; revocation: string; reason: string },
  action: Action & { session: string },
  at: Instant,
): Promise<RestorationOutcome> {
  const statements = lockFirst(db, lockHoldersOf(ORDER_OF_REVOCATION), [
    RESTORE_ACCESS,
    RESUME_WINDOW,
    RECORD_RESTORING,
    FIND_REVOCATION,
  ])
  const results = await db.write(statements, {
    ...asActionParameters(action, at.now),
    ...restoration,
    today: at.today,
  })
  if (results[statements.indexOf(RESTORE_ACCESS)]?.length === 1) return 'restored'
  return results.at(-1)?.length === 1 ? 'already' : 'unknown'
}
