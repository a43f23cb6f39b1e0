import type { ExportedOrder, ExportedPayment, ExportedRefund } from '../../../db/index.ts'
import { toDecimalText } from '../../../money/index.ts'
import type { Format, Setting } from './format.ts'
import { openLocalClock } from './local-clock.ts'
import { partnersPartOf, toExactText } from './partners.ts'
import { asText, type Columns, headOf, lineOf } from './table.ts'

/** A file for spreadsheets (RFC 4180): a line for each payment and for each refund, those that are transactions of the journal. */
export const transactions: Format = {
  begin: (setting) => {
    const show = openLocalClock(setting.timeZone)
    return {
      head: headOf(COLUMNS),
      write: (order) =>
        transactionsOf(order)
          .filter(({ at }) => isAmong(setting, at))
          .map((transaction) => lineOf(COLUMNS, { ...transaction, setting, show }))
          .join(''),
    }
  },
}

interface Transaction {
  order: ExportedOrder
  payment: ExportedPayment
  /** Undefined for the payment itself */
  refund: ExportedRefund | undefined
  at: number
  /** Less than nothing for a refund, and so is the tax in it */
  hundredths: number
  taxHundredths: number
}

interface Cell extends Transaction {
  setting: Setting
  show(at: number): string
}

/** Lists a payment and its refunds. A free order moves no money. */
function transactionsOf(order: ExportedOrder): Transaction[] {
  return order.payments
    .filter(({ hundredths }) => hundredths > 0)
    .flatMap((payment) => [
      { ...payment, order, payment, refund: undefined, at: payment.paidAt },
      ...payment.refunds.map((refund) => ({
        order,
        payment,
        refund,
        at: refund.refundedAt,
        hundredths: -refund.hundredths,
        taxHundredths: -refund.taxHundredths,
      })),
    ])
}

function isAmong({ transactionsFrom: from, transactionsBefore: before }: Setting, at: number): boolean {
  return (from === undefined || at >= from) && (before === undefined || at < before)
}

// Ids are the shop's own, or base58, and so mean nothing to a spreadsheet.
const COLUMNS: Columns<Cell> = {
  at: ({ at, show }) => show(at),
  at_utc: ({ at }) => new Date(at).toISOString(),
  transaction: ({ refund }) => (refund ? 'refund' : 'payment'),
  id: ({ payment, refund }) => (refund ?? payment).id,
  payment: ({ payment }) => payment.id,
  order: ({ order }) => order.id,
  money: ({ setting }) => (setting.mode === 'sandbox' ? 'test' : 'real'),
  product: ({ order }) => asText(order.product),
  title: ({ order }) => asText(order.title),
  currency: ({ payment }) => payment.currency,
  amount: ({ hundredths }) => toDecimalText(hundredths),
  tax: ({ taxHundredths }) => toDecimalText(taxHundredths),
  tax_label: ({ order }) => order.taxLabel && asText(order.taxLabel),
  tax_rate: ({ order }) => (order.taxRate > 0 ? toDecimalText(order.taxRate) : undefined),
  partners: ({ payment, refund }) =>
    refund || payment.fees === null ? undefined : toExactText(partnersPartOf(payment)),
  destination: ({ payment, refund }) => (refund ? undefined : payment.destination),
  fees: ({ payment, refund }) => (refund ? undefined : payment.fees),
  proof: ({ payment, refund }) => (refund ? undefined : payment.proof),
  sent_to: ({ refund }) => refund?.sentTo && asText(refund.sentTo),
  sent_proof: ({ refund }) => refund?.proof && asText(refund.proof),
  note: ({ payment, refund }) => {
    const note = refund ? refund.note : payment.reason
    return note && asText(note)
  },
}
