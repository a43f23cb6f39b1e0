import type { Database } from '../database.ts'
import { ORDER_OF_ID } from './access.ts'

/** What no other row tells of an order. */
export interface Step {
  /** The order's own id, or one of its intents' */
  order: string
  /** `only-submitted`: Code calls an intent, the `detail`, submitted, which isn't enough to pay it */
  what: 'offered-again' | 'refused' | 'not-registered' | 'expired' | 'only-submitted' | 'first-download'
  detail?: string | undefined
}

const MOST_STEPS = 30 // of an order and of one kind: its buyer can have it offered again as often as they like

/**
 * The statement that records a step of an order, with the parameters of a step; `order` is SQL that finds its id, and `alike` says
 * which others of its kind count.
 */
export const addStep = (order: string, alike = '') => `
  INSERT INTO steps (order_id, at, what, detail)
  SELECT orders.id, @now, @step, @stepDetail
  FROM orders
  WHERE orders.id = ${order}
    AND (
      SELECT COUNT(*) FROM steps AS former
      WHERE former.order_id = orders.id AND former.what = @step ${alike}) < @mostSteps
  ON CONFLICT (order_id, at, what) DO NOTHING`

/** The parameters of the statement that records this step, besides @now. */
export function asStepParameters({ what, detail }: Omit<Step, 'order'>) {
  return { step: what, stepDetail: detail ?? null, mostSteps: MOST_STEPS }
}

const OF_SAME_DETAIL = `AND COALESCE(former.detail, '') = COALESCE(CAST(@stepDetail AS TEXT), '')`

const ADD_FIRST_STEP = `${addStep(ORDER_OF_ID, OF_SAME_DETAIL)} RETURNING what`

const FIND_STEP = `
  SELECT 1 AS found
  FROM steps AS former
  WHERE former.order_id = ${ORDER_OF_ID} AND former.what = @step ${OF_SAME_DETAIL}
  LIMIT 1`

/**
 * Records a step of an order in a unit of its own, unless the same is known, with the same detail. A known one costs no write. Returns
 * whether this call has recorded it.
 */
export async function recordFirstStep(
  db: Database,
  { order: id, ...step }: Step,
  now: number,
): Promise<boolean> {
  const parameters = { id, ...asStepParameters(step), mostSteps: 1 }
  const known = await db.read(FIND_STEP, parameters)
  if (known.length > 0) return false
  const [added] = await db.write([ADD_FIRST_STEP], { now, ...parameters })
  return added?.length === 1
}
