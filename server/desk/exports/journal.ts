import type { ExportedOrder, ExportedPayment, ExportedRefund } from '../../../db/index.ts'
import { toDecimalText } from '../../../money/index.ts'
import { en } from '../../texts/index.ts'
import type { Format, Setting } from './format.ts'
import { openLocalClock } from './local-clock.ts'
import { partnersPartOf, toExactText, toMillionths } from './partners.ts'

const texts = en.desk.exports
const DAY_LENGTH = '2026-11-28'.length
// Otherwise hledger reads 5.25 as 525 in a merchant's journal that declares `commodity 1.000,00 USD` and includes this one.
const DECIMAL_MARK = 'decimal-mark .\n'
// Characters: a line of ledger's may have 4,096 bytes. The longest tag names five partners, in 244.
const LONGEST = 200
const LONGEST_TAG = 1_000

/** A plain-text accounting journal that hledger and ledger read: a transaction for each payment and for each refund. */
export const journal: Format = {
  begin: (setting) => {
    const show = openLocalClock(setting.timeZone)
    const book: Book = { ...setting, dayOf: (at) => show(at).slice(0, DAY_LENGTH) }
    return {
      head: `; ${texts.journalHead(setting.timeZone)}\n${setting.mode === 'sandbox' ? `; ${texts.journalOfTestMoney}\n` : ''}${DECIMAL_MARK}`,
      write: (order) => order.payments.map((payment) => writePayment(book, order, payment)).join(''),
    }
  },
}

interface Book extends Pick<Setting, 'mode' | 'journalAccounts'> {
  /** The local day of an instant: `2026-11-28` */
  dayOf(at: number): string
}

/** Writes a payment and its refunds. A free order moves no money. */
function writePayment(book: Book, order: ExportedOrder, payment: ExportedPayment): string {
  if (payment.hundredths === 0) return ''
  const { assets, income, tax, partners } = book.journalAccounts
  const part = partnersPartOf(payment)
  const paid = writeTransaction(book, {
    at: payment.paidAt,
    order,
    description: order.title,
    tags: { payment: payment.id, ...tagsOf(order), ...payeesOf(payment) },
    postings: [
      [assets, toMillionths(payment.hundredths) - part],
      [partners, part],
      [income, toMillionths(payment.taxHundredths - payment.hundredths)],
      [tax, toMillionths(-payment.taxHundredths)],
    ],
    currency: payment.currency,
  })
  return paid + payment.refunds.map((refund) => writeRefund(book, order, payment, refund)).join('')
}

function writeRefund(
  book: Book,
  order: ExportedOrder,
  payment: ExportedPayment,
  refund: ExportedRefund,
): string {
  const { assets, refunds, tax } = book.journalAccounts
  return writeTransaction(book, {
    at: refund.refundedAt,
    order,
    description: texts.refundOf(order.title),
    tags: { refund: refund.id, payment: payment.id, ...tagsOf(order) },
    postings: [
      [refunds, toMillionths(refund.hundredths - refund.taxHundredths)],
      [tax, toMillionths(refund.taxHundredths)],
      [assets, toMillionths(-refund.hundredths)],
    ],
    currency: payment.currency,
  })
}

function tagsOf({ product, taxRate, taxLabel = '' }: ExportedOrder): Record<string, string> {
  return { product, ...(taxRate > 0 && { 'tax-rate': toDecimalText(taxRate), 'tax-label': taxLabel }) }
}

// A refund has none of these: the merchant sends it from any wallet, and partners keep their parts.
function payeesOf({ destination, fees }: ExportedPayment): Record<string, string> {
  return { ...(destination && { destination }), ...(fees && { fees }) }
}

interface Transaction {
  at: number
  order: ExportedOrder
  description: string
  tags: Record<string, string>
  /** What each account gets, in millionths. An account that gets nothing isn't written. */
  postings: [account: string, millionths: number][]
  currency: string
}

function writeTransaction(
  book: Book,
  { at, order, description, tags, postings, currency }: Transaction,
): string {
  const commodity = nameCommodity(book, currency)
  return [
    '',
    `${book.dayOf(at)} * (${toJournalText(order.id)}) ${toJournalText(description)}`,
    ...Object.entries(tags).map(([name, value]) => `    ; ${name}: ${toTagText(value)}`),
    ...postings
      .filter(([, millionths]) => millionths !== 0)
      .map(([account, millionths]) => `    ${account}  ${toExactText(millionths)} ${commodity}`),
    '',
  ].join('\n')
}

/** Test money has commodities of its own, so that no report adds it to real money. */
function nameCommodity({ mode }: Book, currency: string): string {
  return `${mode === 'sandbox' ? 'TEST' : ''}${currency.toUpperCase()}`
}

// A line break would begin something new; a semicolon begins a comment, in which a tag could be; a bar ends the payee.
// Parentheses mean something only where a transaction's code is expected, which is the order's id here.
const MEANINGFUL: [RegExp, string][] = [
  [/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' '],
  [/;/g, ','],
  [/\|/g, '/'],
]

/** Returns a text that means nothing in a journal. */
function toJournalText(text: string, longest = LONGEST): string {
  const line = MEANINGFUL.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
  return line.slice(0, longest).trim()
}

/** Returns a text that means nothing as the value of a tag either, which a comma would end for hledger. */
function toTagText(text: string): string {
  return toJournalText(text, LONGEST_TAG).replace(/, */g, ' ')
}
