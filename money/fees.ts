import type { Fee } from './offer.ts'

/**
 * Writes fees as one text, so that the database can compare them: `<destination> 250,<destination> 100`, in their order,
 * which is part of the intent. Empty for none.
 */
export function writeFees(fees: readonly Fee[]): string {
  return fees.map(({ destination, basisPoints }) => `${destination} ${basisPoints}`).join(',')
}

/** Reads what `writeFees` has written. */
export function readFees(text: string): Fee[] {
  if (text === '') return []
  return text.split(',').map((fee) => {
    const [destination = '', basisPoints] = fee.split(' ')
    return { destination, basisPoints: Number(basisPoints) }
  })
}
