import type { Row } from '../engines/driver.ts'

/** What a coupon has lowered: `listHundredths` of `currency` is the price without it. */
export interface Discount {
  listHundredths: number
  currency: string
  coupon: string
}

/** Of a row of `orders`: its discount as one column, since each one costs a page. */
export const DISCOUNT = `
  CASE WHEN orders.coupon IS NULL THEN NULL
    ELSE orders.list_hundredths || ' ' || orders.currency || ' ' || orders.coupon END AS discount`

/** Reads the column that DISCOUNT writes. */
export function toDiscount({ discount }: Row): Discount | undefined {
  const [listHundredths, currency = '', coupon = ''] = String(discount ?? '').split(' ')
  return listHundredths ? { listHundredths: Number(listHundredths), currency, coupon } : undefined
}
