import type { Database } from '../database.ts'

/** What no other row tells of an order. */
export interface Step {
  order: string
  what: 'offered-again' | 'refused' | 'not-registered' | 'expired' | 'first-download'
  detail?: string | undefined
}

/** The statement that records a step of an order, with @step and @stepDetail; `order` is SQL that finds its id. */
export const addStep = (order: string) => `
  INSERT INTO steps (order_id, at, what, detail)
  SELECT orders.id, @now, @step, @stepDetail
  FROM orders
  WHERE orders.id = ${order}
  ON CONFLICT (order_id, at, what) DO NOTHING`

const ADD_STEP = addStep('@order')

/** Records a step of an order in a unit of its own. */
export async function recordStep(db: Database, { order, what, detail }: Step, now: number): Promise<void> {
  await db.write([ADD_STEP], { order, now, step: what, stepDetail: detail ?? null })
}
