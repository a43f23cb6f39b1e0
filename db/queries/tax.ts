import type { Row } from '../engines/driver.ts'

/** The tax in a price: its rate in hundredths of a percent, and what it comes to. */
export interface OrderTax {
  label: string
  rate: number
  hundredths: number
}

/** The tax included in an amount, at the rate of the order: `taxIn` of money/tax.ts in SQL, where a division of integers is one. */
export const taxOf = (hundredths: string, rate = 'orders.tax_rate') => `
  (${hundredths} - (2 * ${hundredths} * 10000 + 10000 + ${rate}) / (2 * (10000 + ${rate})))`

/**
 * The tax in an amount as one column, since each one costs a page about as much as the tax of those that have none. A free
 * order includes none.
 */
export const taxAs = (hundredths: string) => `
  CASE WHEN orders.tax_label IS NULL OR orders.hundredths = 0 THEN NULL
    ELSE orders.tax_rate || ' ' || ${hundredths} || ' ' || orders.tax_label END
    AS tax`

/** Reads the column that taxAs writes. */
export function toOrderTax({ tax }: Row): OrderTax | undefined {
  if (tax === null) return undefined
  const [rate, hundredths, ...label] = String(tax).split(' ')
  return { label: label.join(' '), rate: Number(rate), hundredths: Number(hundredths) }
}
