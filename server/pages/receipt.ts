import type { HeldOrder } from '../../db/index.ts'
import { formatMoney, formatPercent } from '../../money/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { showInstant } from '../time.ts'

/** The part of a shop that a receipt depends on. */
export type InTimeZone = { config: Pick<Shop['config'], 'timeZone'> }

/** What a receipt shows: what was offered and paid then, not what the catalogue says today. */
export function asReceipt(
  { config }: InTimeZone,
  order: HeldOrder,
  language: Pick<Language, 'locale' | 'texts'>,
) {
  const { id, intent, product, title, hundredths, currency, tax, paidAt, refundedHundredths, isRevoked } =
    order
  const { locale, texts } = language
  return {
    intent,
    title,
    price: formatMoney({ hundredths, currency }, locale),
    tax: tax && {
      name: texts.product.includesTax(formatPercent(tax.rate, locale), tax.label),
      shown: formatMoney({ hundredths: tax.hundredths, currency }, locale),
    },
    refunded:
      refundedHundredths > 0 ? formatMoney({ hundredths: refundedHundredths, currency }, locale) : undefined,
    isRevoked,
    paid: paidAt === undefined ? undefined : showInstant(paidAt, { locale, timeZone: config.timeZone }),
    href: `/products/${product}`,
    receipt: `/success/${intent ?? id}`,
  }
}
