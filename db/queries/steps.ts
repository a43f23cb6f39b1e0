import type { Database } from '../database.ts'

/** What no other row tells of an order. */
export interface Step {
  order: string
  what: 'offered-again' | 'refused' | 'not-registered' | 'expired' | 'first-download'
  detail?: string | undefined
}

const MOST_STEPS = 100 // of an order: its buyer can have it offered again as often as they like

/** The statement that records a step of an order, with the parameters of a step; `order` is SQL that finds its id. */
export const addStep = (order: string) => `
  INSERT INTO steps (order_id, at, what, detail)
  SELECT orders.id, @now, @step, @stepDetail
  FROM orders
  WHERE orders.id = ${order}
    AND (SELECT COUNT(*) FROM steps AS former WHERE former.order_id = orders.id) < @mostSteps
  ON CONFLICT (order_id, at, what) DO NOTHING`

/** The parameters of the statement that records this step, besides @now. */
export function asStepParameters({ what, detail }: Omit<Step, 'order'>) {
  return { step: what, stepDetail: detail ?? null, mostSteps: MOST_STEPS }
}

const ADD_STEP = addStep('@order')

/** Records a step of an order in a unit of its own. */
export async function recordStep(db: Database, { order, ...step }: Step, now: number): Promise<void> {
  await db.write([ADD_STEP], { order, now, ...asStepParameters(step) })
}

const FIND_STEP = `
  SELECT 1 AS found
  FROM steps
  WHERE order_id = @order AND what = @step
  LIMIT 1`

/** Records a step of an order in a unit of its own, unless one of the same name is known. A known one costs no write. */
export async function recordFirstStep(db: Database, step: Step, now: number): Promise<void> {
  const known = await db.read(FIND_STEP, { order: step.order, step: step.what })
  if (known.length === 0) await recordStep(db, step, now)
}
