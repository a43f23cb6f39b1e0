/** Calls of the API as they must be counted, told without SQL: one fact after the other. */
export interface CallModel {
  /** How many calls of each order were counted */
  counted: Map<string, number>
  /** When each call with an idempotency key was counted, by whose it is and that key */
  known: Map<string, number>
  /** The latest time that the shop's clock ever showed: what it has forgotten stays forgotten */
  latest: number
}

/** An order that gives its buyer calls now */
export interface Allowance {
  order: string
  bought: number
}

const KEPT_MS = 86_400_000 // a day

export const aModelOfCalls = (): CallModel => ({ counted: new Map(), known: new Map(), latest: 0 })

export function leftOf(model: CallModel, allowances: readonly Allowance[]): number {
  return allowances.reduce((sum, each) => sum + leftOfOrder(model, each), 0)
}

const leftOfOrder = ({ counted }: CallModel, { order, bought }: Allowance) =>
  bought - (counted.get(order) ?? 0)

/** The oldest order that has a call left gives it. False if there is none. */
export function takeCall(model: CallModel, allowances: readonly Allowance[]): boolean {
  const [giver] = allowances
    .filter((each) => leftOfOrder(model, each) > 0)
    .sort((one, other) => (one.order < other.order ? -1 : 1))
  if (giver) model.counted.set(giver.order, (model.counted.get(giver.order) ?? 0) + 1)
  return giver !== undefined
}

/** Whether the shop knows a call by its idempotency key: for a day, and perhaps if its clock was set back after that. */
export function knows({ known, latest }: CallModel, name: string, now: number): boolean | 'perhaps' {
  const at = known.get(name)
  if (at === undefined || now - at > KEPT_MS) return false
  return latest - at <= KEPT_MS ? true : 'perhaps'
}
