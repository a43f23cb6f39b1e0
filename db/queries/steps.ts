import type { Database } from '../database.ts'
import { ORDER_OF_ID } from './access.ts'

/** What no other row tells of an order. */
export interface Step {
  /** The order's own id, or one of its intents' */
  order: string
  /** `only-submitted`: Code's status calls an intent submitted, which isn't enough to pay it */
  what: 'offered-again' | 'refused' | 'not-registered' | 'expired' | 'only-submitted' | 'first-download'
  detail?: string | undefined
}

const MOST_STEPS = 30 // of an order and of one kind: its buyer can have it offered again as often as they like

/** The statement that records a step of an order, with the parameters of a step; `order` is SQL that finds its id. */
export const addStep = (order: string) => `
  INSERT INTO steps (order_id, at, what, detail)
  SELECT orders.id, @now, @step, @stepDetail
  FROM orders
  WHERE orders.id = ${order}
    AND (
      SELECT COUNT(*) FROM steps AS former
      WHERE former.order_id = orders.id AND former.what = @step) < @mostSteps
  ON CONFLICT (order_id, at, what) DO NOTHING`

/** The parameters of the statement that records this step, besides @now. */
export function asStepParameters({ what, detail }: Omit<Step, 'order'>) {
  return { step: what, stepDetail: detail ?? null, mostSteps: MOST_STEPS }
}

const ADD_FIRST_STEP = `${addStep(ORDER_OF_ID)} RETURNING what`

const FIND_STEP = `
  SELECT 1 AS found
  FROM steps
  WHERE order_id = ${ORDER_OF_ID} AND what = @step
  LIMIT 1`

/**
 * Records a step of an order in a unit of its own, unless one of the same name is known. A known one costs no write. Returns
 * whether this call has recorded it.
 */
export async function recordFirstStep(
  db: Database,
  { order: id, ...step }: Step,
  now: number,
): Promise<boolean> {
  const known = await db.read(FIND_STEP, { id, step: step.what })
  if (known.length > 0) return false
  const [added] = await db.write([ADD_FIRST_STEP], { id, now, ...asStepParameters(step), mostSteps: 1 })
  return added?.length === 1
}
