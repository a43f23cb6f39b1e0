import type { HeldOrder } from '../../db/index.ts'
import { formatMoney } from '../../money/index.ts'
import { showInstant } from '../time.ts'

/** What a receipt shows: what was offered and paid then, not what the catalogue says today. */
export function asReceipt(
  { id, intent, product, title, hundredths, currency, paidAt, refundedHundredths, isRevoked }: HeldOrder,
  locale: string,
) {
  return {
    intent,
    title,
    price: formatMoney({ hundredths, currency }, locale),
    refunded:
      refundedHundredths > 0 ? formatMoney({ hundredths: refundedHundredths, currency }, locale) : undefined,
    isRevoked,
    paid: paidAt === undefined ? undefined : showInstant(paidAt),
    href: `/products/${product}`,
    receipt: `/success/${intent ?? id}`,
  }
}
