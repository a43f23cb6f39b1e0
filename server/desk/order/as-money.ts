import type { DeskPayment } from '../../../db/index.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showMoney, showTime, wordsOf } from './reader.ts'

const QUARKS_IN_KIN = 100_000

/** Each payment, with what is left of it and what can be done about it. */
export function asPayments({ order, payments }: OrderFacts, reader: Reader) {
  return payments.map((payment) => ({
    ...asPayment(payment, `/desk/orders/${order.id}`, reader),
    tax: showTax(order, payment, reader),
  }))
}

/** The tax in what came or went back, which the order's own isn't if another amount came; undefined if the price includes none. */
function showTax(
  { tax }: OrderFacts['order'],
  { taxHundredths, currency }: Pick<DeskPayment, 'taxHundredths' | 'currency'>,
  reader: Reader,
): string | undefined {
  return tax && showMoney({ hundredths: taxHundredths, currency }, reader)
}

function asPayment(payment: DeskPayment, path: string, reader: Reader) {
  const { payments: words } = wordsOf(reader)
  const { id, intent, proof, currency, hundredths, refunded, paidAt, codeUser } = payment
  const left = hundredths - refunded
  const amount = showMoney(payment, reader)
  return {
    id,
    amount,
    intent,
    proof: words.proofs[proof],
    paid: showTime(paidAt, reader),
    refunded: refunded > 0 ? showMoney({ hundredths: refunded, currency }, reader) : undefined,
    left: showMoney({ hundredths: left, currency }, reader),
    codeUser,
    kin: showKin(payment, reader),
    refundHref: left > 0 ? `${path}/refund?payment=${id}` : undefined,
    refundLabel: words.refundOf(amount, intent ?? id),
  }
}

function showKin({ quarks, exchangeRate }: DeskPayment, reader: Reader): string | undefined {
  if (quarks === undefined || exchangeRate === undefined) return undefined
  const kin = (quarks / QUARKS_IN_KIN).toLocaleString(reader.locale, { maximumFractionDigits: 5 })
  return wordsOf(reader).payments.quarks(kin, String(exchangeRate))
}

export function asRefunds({ order, refunds }: OrderFacts, reader: Reader) {
  return refunds.map((refund) => ({
    id: refund.id,
    tax: showTax(order, refund, reader),
    when: showTime(refund.refundedAt, reader),
    amount: showMoney(refund, reader),
    sentTo: refund.sentTo ?? '',
    proof: refund.proof ?? '',
    note: refund.note ?? '',
  }))
}
