/** The uses of one coupon as they must be, told without SQL: one fact after the other. */
export interface CouponModel {
  uses: number
  /** How many may be reserved for one IP address */
  perAddress: number
  /** By order. What has ended stays until somebody else reserves or pays. */
  reserved: Map<string, Reservation>
  /** Orders that were paid */
  paid: Set<string>
  taken: number
  over: number
}

export interface Reservation {
  buyer: string
  product: string
  address: string
  until: number
}

export const aModelOfUses = (uses: number, perAddress: number): CouponModel => ({
  uses,
  perAddress,
  reserved: new Map(),
  paid: new Set(),
  taken: 0,
  over: 0,
})

/** One use a browser and so many an address; the browser's order of the same product passes its own on. */
export function mayReserve(
  { uses, perAddress, reserved, taken }: CouponModel,
  { buyer, product, address }: Omit<Reservation, 'until'>,
  now: number,
): boolean {
  const others = [...reserved.values()].filter(
    (each) => each.until > now && !(each.buyer === buyer && each.product === product),
  )
  return (
    taken + others.length < uses &&
    !others.some((each) => each.buyer === buyer) &&
    others.filter((each) => each.address === address).length < perAddress
  )
}

export function reserveUse(model: CouponModel, order: string, reservation: Reservation, now: number): void {
  const { reserved } = model
  forgetEnded(model, now)
  for (const [held, { buyer }] of reserved) if (buyer === reservation.buyer) reserved.delete(held)
  reserved.set(order, reservation)
}

/** Forgets the reservations that have ended: an offer that is renewed now is too late for them. */
export function forgetEnded({ reserved }: CouponModel, now: number): void {
  for (const [held, { until }] of reserved) if (until <= now) reserved.delete(held)
}

/** The offer of an order was renewed. A reservation that went to another order doesn't come back. */
export function renewUse({ reserved }: CouponModel, order: string, until: number): void {
  const reservation = reserved.get(order)
  if (reservation) reserved.set(order, { ...reservation, until })
}

/** The first payment of an order makes its use final, or takes one that is free. */
export function payUse(model: CouponModel, order: string, now: number): void {
  const { reserved, paid } = model
  if (paid.has(order)) return
  paid.add(order)
  for (const [held, { until }] of reserved) if (held !== order && until <= now) reserved.delete(held)
  if (reserved.delete(order) || model.taken + reserved.size < model.uses) model.taken++
  else model.over++
}

export function standingOf({ reserved, taken, over }: CouponModel, now: number) {
  return { taken, over, reserved: [...reserved.values()].filter(({ until }) => until > now).length }
}
