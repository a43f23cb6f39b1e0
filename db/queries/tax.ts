/** The tax included in an amount, at the rate of the order: `taxIn` of money/tax.ts in SQL, where a division of integers is one. */
export const taxOf = (hundredths: string, rate = 'orders.tax_rate') => `
  (${hundredths} - (2 * ${hundredths} * 10000 + 10000 + ${rate}) / (2 * (10000 + ${rate})))`
