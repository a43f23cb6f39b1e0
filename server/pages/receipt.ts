import { type HeldOrder, type OrderPayment, refundsOf } from '../../db/index.ts'
import { formatMoney, formatPercent, formatSums } from '../../money/index.ts'
import { findProduct, languageOfTitle, type Product, scopesOf } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { showInstant } from '../time.ts'
import { sellerAt } from './sellers.ts'
import { showWindow, type Timed } from './windows.ts'

/** What a receipt shows: what was offered and paid then, not what the catalogue says today. */
export function asReceipt(
  shop: Pick<Shop, 'catalog' | 'sellers'> & Timed,
  order: HeldOrder,
  language: Language,
) {
  const { id, intent, product, title, discount, paidAt, isRevoked, isFollowed } = order
  const { locale } = language
  const later = order.laterPayments.map((payment) => asHeld(payment, order))
  const payments = [order, ...later]
  const refunds = refundsOf(payments)
  const first = asPayment(shop, order, language)
  const shown = isRevoked ? undefined : showWindow(shop, order.window, language)
  const window = shown && { ...shown, reminder: isFollowed ? undefined : shown.reminder }
  const isOver = window?.state === 'over'
  const isOpen = paidAt !== undefined && !isRevoked && !isOver
  const found = findProduct(shop.catalog, product)
  return {
    intent,
    title,
    lang: languageOfTitle(shop.catalog, product),
    /** What came or, while nothing has, what is to be paid */
    price: later.length > 0 ? formatSums(payments, locale) : first.amount,
    refunded: refunds.length > 0 ? formatSums(refunds, locale) : undefined,
    discount: discount && {
      coupon: discount.coupon,
      listPrice: formatMoney({ hundredths: discount.listHundredths, currency: discount.currency }, locale),
    },
    isFree: payments.every(({ hundredths }) => hundredths === 0),
    payments: [first, ...later.map((payment) => asPayment(shop, payment, language))],
    seller: sellerAt(shop, paidAt ?? shop.clock.now()),
    isRevoked,
    paid: first.paid,
    isOver,
    window,
    /** Whether the shop doesn’t have what is still open to its holder: its file is gone, or has a fault */
    isMissing: isOpen && !found,
    /** Undefined if its holder would find no page there */
    href: found && hasPage(found, isOpen) ? `/products/${product}` : undefined,
    receipt: `/success/${intent ?? id}`,
  }
}

type HeldPayment = Pick<HeldOrder, 'intent' | 'hundredths' | 'currency' | 'tax' | 'paidAt' | 'refund'>

function asHeld({ taxHundredths, ...payment }: OrderPayment, { tax }: HeldOrder): HeldPayment {
  return { ...payment, tax: tax && { ...tax, hundredths: taxHundredths } }
}

/** A payment with what went back of it. */
function asPayment(shop: Timed, payment: HeldPayment, language: Language) {
  const { intent, hundredths, currency, tax, paidAt, refund } = payment
  const { locale, texts } = language
  const show = (amount: number) => formatMoney({ hundredths: amount, currency }, locale)
  return {
    intent,
    amount: show(hundredths),
    tax: tax && {
      name: texts.product.includesTax(formatPercent(tax.rate, locale), tax.label),
      shown: show(tax.hundredths),
    },
    paid: showTime(shop, paidAt, language),
    refund: refund && {
      shown: show(refund.hundredths),
      tax: tax && show(refund.taxHundredths),
      last: showTime(shop, refund.lastAt, language),
    },
  }
}

function showTime({ config }: Timed, at: number | undefined, { locale }: Language) {
  return at === undefined ? undefined : showInstant(at, { locale, timeZone: config.timeZone })
}

/** Returns whether the holder of an order can open its product's page. A draft has one only for those to whom it gives access. */
function hasPage(product: Product, isOpen: boolean): boolean {
  return product.status !== 'draft' || (isOpen && scopesOf(product).length > 0)
}
