const ALL = 10_000 // hundredths of a percent

/**
 * Returns the tax that is included in what is charged, at a rate in hundredths of a percent: what remains of it once the net
 * amount is rounded, a half up. In integers, so that it is exact. `taxOf` in db/queries/tax.ts is the same in SQL.
 */
export function taxIn(hundredths: number, rate: number): number {
  const gross = ALL + rate
  return hundredths - Math.floor((2 * hundredths * ALL + gross) / (2 * gross))
}
