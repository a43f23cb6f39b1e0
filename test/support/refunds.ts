import type { Refund } from '../../db/index.ts'

/** A refund of all that an order of 0.25 has paid, which leaves access as it is. */
export function aRefund(payment: string, changes: Partial<Refund> = {}): Refund {
  return {
    payment,
    hundredths: 25,
    refundedBefore: 0,
    sentTo: 'the buyer’s address',
    proof: undefined,
    note: undefined,
    endsAccess: undefined,
    ...changes,
  }
}
