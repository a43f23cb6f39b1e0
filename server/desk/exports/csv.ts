import type { ExportedOrder, ExportedPayment } from '../../../db/index.ts'
import { toDecimalText } from '../../../money/index.ts'
import type { Format, Setting } from './format.ts'
import { openLocalClock } from './local-clock.ts'

// Without it, spreadsheets read a file as one in the encoding of their own country.
const BYTE_ORDER_MARK = '\ufeff'

/** A file for spreadsheets (RFC 4180): a line for each payment of an order, or one for an order without any. */
export const csv: Format = {
  extension: 'csv',
  begin: (setting) => {
    const show = openLocalClock(setting.timeZone)
    return {
      head: BYTE_ORDER_MARK + toLine(Object.keys(COLUMNS)),
      write: (order) =>
        linesOf(order)
          .map((line) => toLine(fieldsOf({ ...line, setting, show })))
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

/** The columns, in their order: docs/exports.md explains each. Ids are the shop's own, or base58, and so mean nothing to a spreadsheet. What is missing leaves a field empty. */
const COLUMNS: Record<string, (cell: Cell) => string | null | undefined> = {
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

function fieldsOf(cell: Cell): string[] {
  return Object.values(COLUMNS).map((column) => column(cell) ?? '')
}

function toUtc(at: number): string {
  return new Date(at).toISOString()
}

function sumOf({ refunds }: ExportedPayment, what: 'hundredths' | 'taxHundredths'): number {
  return refunds.reduce((sum, refund) => sum + refund[what], 0)
}

// Spreadsheets calculate what begins like this, some of them also with the wide characters of East Asia. In countries
// where a comma separates decimals, they split lines at semicolons, even within quotes that began after a comma.
const FORMULA_BEGINS = /(^|;)(\s*)(?=[=+\-@＝＋－＠])/g
// An amount, a date, a time or a truth value as well, as English spreadsheets write them. 007 would lose its zeros, and MAY-10
// would become the tenth of May.
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const IN_NUMBERS = String.raw`[\s\d.,:/%()\p{Sc}+-]|(?<=[\d.\s])e(?=[+-]?\d)|(?<=\d)t(?=\d)|[ap]m|${MONTH}`
const LOOKS_LIKE_A_NUMBER = new RegExp(String.raw`^(?:true|false|(?=.*\d)(?:${IN_NUMBERS})+)$`, 'iu')

// Either of those is possible; most texts are plain, and this takes a fifth of the time.
const MAY_MEAN_SOMETHING = new RegExp(String.raw`^[^\p{L}]|[;\p{Cc}]|^(?:true$|false$|${MONTH})`, 'iu')

/** Returns a text that a spreadsheet shows and doesn't calculate: an apostrophe precedes what it would take for something else. */
export function asText(text: string): string {
  if (!MAY_MEAN_SOMETHING.test(text)) return text
  const line = text.replace(/\p{Cc}+/gu, ' ')
  return LOOKS_LIKE_A_NUMBER.test(line) ? `'${line}` : line.replace(FORMULA_BEGINS, "$1$2'")
}

function toLine(fields: readonly string[]): string {
  return `${fields.map(quote).join(',')}\r\n`
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
