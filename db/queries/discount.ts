import type { Row } from '../engines/driver.ts'

/** What a coupon has lowered: `listHundredths` is the price without it. */
export interface Discount {
  listHundredths: number
  coupon: string
}

/** Of a row of `orders`: its discount as one column, since each one costs a page. */
export const DISCOUNT = `
  CASE WHEN orders.coupon IS NULL THEN NULL ELSE orders.list_hundredths || ' ' || orders.coupon END AS discount`

/** Reads the column that DISCOUNT writes. */
export function toDiscount({ discount }: Row): Discount | undefined {
  const [listHundredths, coupon = ''] = String(discount ?? '').split(' ')
  return listHundredths ? { listHundredths: Number(listHundredths), coupon } : undefined
}
