/** Who a request comes from: a buyer, and an IP address. Limits count the two separately. */
export interface Visitor {
  buyer: string
  address: string
}

/** A visitor whose browser may not be known as a buyer's yet. */
export type MaybeBuyer = Partial<Visitor> & Pick<Visitor, 'address'>
