/** An order of a pass, once it is paid. Days count as in the database. */
export interface Pass {
  order: string
  buyer: string
  scope: string
  days: number
  from: number
  until: number
}

/** What passes must be like, told as a story: one fact after the other, without SQL. */
export interface PassModel {
  passes: Map<string, Pass>
  /** By order: the day on which it was last revoked */
  revokedOn: Map<string, number>
}

/** What the model must know of everything else. `isRevoked` without a buyer is about all holders. */
export interface Facts {
  today: number
  find(order: string): Omit<Pass, 'from' | 'until'> | undefined
  holds(buyer: string, order: string): boolean
  holdersOf(order: string): string[]
  isRevoked(order: string, buyer?: string): boolean
}

export const aModelOfPasses = (): PassModel => ({ passes: new Map(), revokedOn: new Map() })

/** A pass gets its window with its first payment, or with one that restores it. */
export function payPass({ passes }: PassModel, facts: Facts, order: string, isRestored: boolean): void {
  const pass = facts.find(order)
  if (!pass || (passes.has(order) && !isRestored)) return
  const isOpen = (other: string) => !facts.isRevoked(other, pass.buyer)
  passes.set(order, { ...pass, ...windowFrom(facts, findStart(passes, facts, pass, isOpen), pass.days) })
}

/** What was left goes where it fits, and not over what its buyer alone has lost. */
export function restorePass({ passes, revokedOn }: PassModel, facts: Facts, order: string): void {
  const pass = passes.get(order)
  if (!pass) return
  const left = pass.until - Math.max(pass.from, (revokedOn.get(order) ?? 0) + 1)
  const isKept = (other: string) => !facts.isRevoked(other)
  if (left <= 0) return
  const start = findStart(passes, facts, { ...pass, days: left }, isKept)
  passes.set(order, { ...pass, ...windowFrom(facts, start, left) })
}

/** For each holder, their own passes that wait are put one behind the other, each as early as it can be. */
export function revokePass(model: PassModel, facts: Facts, order: string): void {
  const revoked = model.passes.get(order)
  model.revokedOn.set(order, facts.today)
  const scope = revoked?.scope ?? facts.find(order)?.scope
  const before = new Map(model.passes)
  for (const buyer of facts.holdersOf(order)) {
    const held = [...before.values()].filter(
      (one) => one.scope === scope && facts.holds(buyer, one.order) && !facts.isRevoked(one.order),
    )
    const waiting = held.filter((one) => one.buyer === buyer && one.from > facts.today)
    let end = facts.today + 1
    for (const one of waiting.sort((a, b) => a.from - b.from)) {
      const others = held.filter((other) => !waiting.includes(other) && other.from < one.from)
      end = Math.max(end, ...others.map(({ until }) => Math.min(until, one.from)))
      const window = windowFrom(facts, end, one.until - one.from)
      end = window.until
      if (window.from < one.from) model.passes.set(one.order, { ...one, ...window })
      else end = one.until
    }
  }
}

export function isOpenByPass({ passes }: PassModel, facts: Facts, buyer: string, scope: string): boolean {
  return [...passes.values()].some(
    (one) =>
      one.scope === scope &&
      facts.holds(buyer, one.order) &&
      !facts.isRevoked(one.order, buyer) &&
      one.from <= facts.today &&
      facts.today < one.until,
  )
}

/** As the database has them, in the order of their orders' ids. */
export function windowsOf({ passes }: PassModel): { order: string; from: number; until: number }[] {
  return [...passes.values()]
    .map(({ order, from, until }) => ({ order, from, until }))
    .sort((one, other) => (one.order < other.order ? -1 : 1))
}

/** The first day, from tomorrow on, of as many days in a row without a pass; tomorrow if there is none by then. */
function findStart(
  passes: Map<string, Pass>,
  { today, holds }: Facts,
  pass: Omit<Pass, 'from' | 'until'>,
  isCounted: (order: string) => boolean,
): number {
  const held = [...passes.values()]
    .filter(({ order, scope }) => order !== pass.order && scope === pass.scope)
    .filter(({ order }) => holds(pass.buyer, order) && isCounted(order))
  const isTaken = (first: number, days: number) =>
    held.some(({ from, until }) => from < first + days && first < until)
  let start = today + 1
  if (isTaken(today, 2)) while (isTaken(start, pass.days)) start++
  return start
}

/** The rest of today is given in addition. */
function windowFrom({ today }: Facts, start: number, days: number): { from: number; until: number } {
  return { from: start > today + 1 ? start : today, until: start + days }
}
