import type { ExportedOrder, ExportedPayment, ExportedRefund } from '../../../db/index.ts'
import { readFees } from '../../../money/index.ts'
import type { Format, Setting } from './format.ts'

/** A file for programs: each line is an order as JSON, with its payments and their refunds. Nothing in it is changed or rounded. */
export const jsonLines: Format = {
  begin: (setting) => ({ head: '', write: (order) => `${JSON.stringify(describeOrder(order, setting))}\n` }),
}

function describeOrder(order: ExportedOrder, { mode }: Setting): object {
  const { createdAt, payments, ...facts } = order
  const { id, state, product, title, kind, buyer, listHundredths, hundredths, currency } = facts
  const { coupon, taxRate, taxLabel } = facts
  return {
    order: id,
    state,
    money: mode === 'sandbox' ? 'test' : 'real',
    product,
    title,
    kind,
    buyer,
    orderedAt: toUtc(createdAt),
    listHundredths,
    hundredths,
    currency,
    ...(coupon !== undefined && { coupon }),
    ...(taxRate > 0 && { taxRate, taxLabel }),
    payments: payments.map(describePayment),
  }
}

function describePayment({ id, paidAt, fees, reason, refunds, ...facts }: ExportedPayment): object {
  return {
    payment: id,
    paidAt: toUtc(paidAt),
    ...facts,
    fees: fees === null ? null : readFees(fees),
    ...(reason !== null && { reason }),
    refunds: refunds.map(describeRefund),
  }
}

function describeRefund({ id, refundedAt, ...facts }: ExportedRefund): object {
  return { refund: id, refundedAt: toUtc(refundedAt), ...facts }
}

function toUtc(at: number): string {
  return new Date(at).toISOString()
}
