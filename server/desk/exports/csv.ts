import type { ExportedOrder, ExportedPayment } from '../../../db/index.ts'
import { toDecimalText } from '../../../money/index.ts'
import type { Format, Setting } from './format.ts'
import { openLocalClock } from './local-clock.ts'
import { asText, type Columns, headOf, lineOf } from './table.ts'

/** A file for spreadsheets (RFC 4180): a line for each payment of an order, or one for an order without any. */
export const csv: Format = {
  begin: (setting) => {
    const show = openLocalClock(setting.timeZone)
    return {
      head: headOf(COLUMNS),
      write: (order) =>
        linesOf(order)
          .map((line) => lineOf(COLUMNS, { ...line, setting, show }))
          .join(''),
    }
  },
}

interface Line {
  order: ExportedOrder
  payment: ExportedPayment | undefined
}

interface Cell extends Line {
  setting: Setting
  show(at: number): string
}

function linesOf(order: ExportedOrder): Line[] {
  const { payments } = order
  return payments.length > 0
    ? payments.map((payment) => ({ order, payment }))
    : [{ order, payment: undefined }]
}

// Ids are the shop's own, or base58, and so mean nothing to a spreadsheet.
const COLUMNS: Columns<Cell> = {
  order: ({ order }) => order.id,
  state: ({ order }) => order.state,
  money: ({ setting }) => (setting.mode === 'sandbox' ? 'test' : 'real'),
  product: ({ order }) => asText(order.product),
  title: ({ order }) => asText(order.title),
  kind: ({ order }) => order.kind && asText(order.kind),
  buyer: ({ order }) => order.buyer,
  ordered_at: ({ order, show }) => show(order.createdAt),
  ordered_at_utc: ({ order }) => toUtc(order.createdAt),
  currency: ({ order }) => order.currency,
  list_price: ({ order }) => toDecimalText(order.listHundredths),
  price: ({ order }) => toDecimalText(order.hundredths),
  coupon: ({ order }) => order.coupon && asText(order.coupon),
  tax_label: ({ order }) => order.taxLabel && asText(order.taxLabel),
  tax_rate: ({ order }) => (order.taxRate > 0 ? toDecimalText(order.taxRate) : undefined),
  payment: ({ payment }) => payment?.id,
  proof: ({ payment }) => payment?.proof,
  paid_at: ({ payment, show }) => payment && show(payment.paidAt),
  paid_at_utc: ({ payment }) => payment && toUtc(payment.paidAt),
  paid_currency: ({ payment }) => payment?.currency,
  paid: ({ payment }) => payment && toDecimalText(payment.hundredths),
  paid_tax: ({ payment }) => payment && toDecimalText(payment.taxHundredths),
  refunded: ({ payment }) => payment && toDecimalText(sumOf(payment, 'hundredths')),
  refunded_tax: ({ payment }) => payment && toDecimalText(sumOf(payment, 'taxHundredths')),
  refunded_at: ({ payment, show }) => payment?.refunds.map(({ refundedAt }) => show(refundedAt)).at(-1),
  refunded_at_utc: ({ payment }) => payment?.refunds.map(({ refundedAt }) => toUtc(refundedAt)).at(-1),
  intent: ({ payment }) => payment?.intent,
  code_user: ({ payment }) => payment?.codeUser && asText(payment.codeUser),
  quarks: ({ payment }) => payment?.quarks?.toString(),
  exchange_rate: ({ payment }) => payment?.exchangeRate?.toString(),
  destination: ({ payment }) => payment?.destination,
  fees: ({ payment }) => payment?.fees,
}

function toUtc(at: number): string {
  return new Date(at).toISOString()
}

function sumOf({ refunds }: ExportedPayment, what: 'hundredths' | 'taxHundredths'): number {
  return refunds.reduce((sum, refund) => sum + refund[what], 0)
}
