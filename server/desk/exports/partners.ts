import type { ExportedPayment } from '../../../db/index.ts'
import { readFees, toDecimalText } from '../../../money/index.ts'

/** How many millionths of a currency a hundredth is. Parts in hundredths of a percent are whole numbers of them. */
const PER_HUNDREDTH = 10_000

export function toMillionths(hundredths: number): number {
  return hundredths * PER_HUNDREDTH
}

/** Returns what partners got of a payment, in millionths of its currency; 0 if it isn't known. */
export function partnersPartOf({ hundredths, fees }: ExportedPayment): number {
  return readFees(fees ?? '').reduce((sum, { basisPoints }) => sum + hundredths * basisPoints, 0)
}

/** Writes millionths as a decimal, exactly and for programs, with two to six decimals: 250000 → `0.25`, 6250 → `0.00625`. */
export function toExactText(millionths: number): string {
  const rest = Math.abs(millionths) % PER_HUNDREDTH
  const text = toDecimalText((Math.abs(millionths) - rest) / PER_HUNDREDTH)
  const decimals = String(rest).padStart(4, '0').replace(/0+$/, '')
  return `${millionths < 0 ? '-' : ''}${text}${decimals}`
}
