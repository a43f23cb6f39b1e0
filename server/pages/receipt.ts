import type { HeldOrder } from '../../db/index.ts'
import { formatMoney, formatPercent } from '../../money/index.ts'
import { findProduct, type Product, scopesOf } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { showInstant } from '../time.ts'
import { showWindow, type Timed } from './windows.ts'

/** What a receipt shows: what was offered and paid then, not what the catalogue says today. */
export function asReceipt(shop: Pick<Shop, 'catalog'> & Timed, order: HeldOrder, language: Language) {
  const { id, intent, product, title, hundredths, currency, tax, discount } = order
  const { paidAt, refund, isRevoked } = order
  const { locale, texts } = language
  const reader = { locale, timeZone: shop.config.timeZone }
  const show = (amount: number) => formatMoney({ hundredths: amount, currency }, locale)
  const window = isRevoked ? undefined : showWindow(shop, order.window, language)
  const isOver = window?.state === 'over'
  const isOpen = paidAt !== undefined && !isRevoked && !isOver
  const found = findProduct(shop.catalog, product)
  return {
    intent,
    title,
    price: show(hundredths),
    tax: tax && {
      name: texts.product.includesTax(formatPercent(tax.rate, locale), tax.label),
      shown: show(tax.hundredths),
    },
    discount: discount && {
      coupon: discount.coupon,
      listPrice: formatMoney({ hundredths: discount.listHundredths, currency: discount.currency }, locale),
    },
    isFree: hundredths === 0,
    refund: refund && {
      shown: show(refund.hundredths),
      tax: tax && show(refund.taxHundredths),
      last: showInstant(refund.lastAt, reader),
    },
    isRevoked,
    paid: paidAt === undefined ? undefined : showInstant(paidAt, reader),
    isOver,
    window,
    /** Whether the shop doesn’t have what is still open to its holder: its file is gone, or has a fault */
    isMissing: isOpen && !found,
    /** Undefined if its holder would find no page there */
    href: found && hasPage(found, isOpen) ? `/products/${product}` : undefined,
    receipt: `/success/${intent ?? id}`,
  }
}

/** Returns whether the holder of an order can open its product's page. A draft has one only for those to whom it gives access. */
function hasPage(product: Product, isOpen: boolean): boolean {
  return product.status !== 'draft' || (isOpen && scopesOf(product).length > 0)
}
