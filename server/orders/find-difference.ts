import { type Database, findIntentTerms, type IntentTerms, type VerifiedEvent } from '../../db/index.ts'
import { toDecimalText } from '../../money/index.ts'

/** A claim beside what was ordered. Amounts are texts like `0.25 usd`. */
export interface Comparison {
  claim: 'amount' | 'destination' | 'fees' | 'state'
  ordered: string
  claimed: string
  differs: boolean
}

const NONE = 'none from the order, but the merchant has honoured it by hand otherwise, and refunded that'
const SUBMITTED = 'SUBMITTED' // the only state that says that money has moved

/** Says how an event differs from our intent of that id: `ordered 0.90 eur, claimed 0.05 usd`. */
export async function findDifference(db: Database, event: VerifiedEvent): Promise<string> {
  const ours = event.intent === null ? undefined : await findIntentTerms(db, event.intent)
  if (!ours) return 'the intent is gone'
  const differences = compareWithTerms(ours, event).filter(({ differs }) => differs)
  return differences.map(describe).join('; ') || NONE
}

/** Compares what an event claims with what its intent was stored with: whatever differs keeps it from paying. */
export function compareWithTerms(
  terms: IntentTerms,
  { hundredths, currency, destination, fees, state }: Claims,
): Comparison[] {
  return [
    compare('amount', asAmount(terms), asAmount({ hundredths, currency })),
    compare('destination', terms.destination, String(destination)),
    compare('fees', describeFees(terms.fees), describeFees(fees)),
    compare('state', SUBMITTED, String(state)),
  ]
}

type Claims = Pick<VerifiedEvent, 'hundredths' | 'currency' | 'destination' | 'fees' | 'state'>

function compare(claim: Comparison['claim'], ordered: string, claimed: string): Comparison {
  return { claim, ordered, claimed, differs: ordered !== claimed }
}

function asAmount({ hundredths, currency }: { hundredths: number | null; currency: string | null }): string {
  return hundredths === null ? `no valid amount in ${currency}` : `${toDecimalText(hundredths)} ${currency}`
}

function describeFees(fees: string | null): string {
  if (fees === null) return 'fees that can’t be read'
  return fees === '' ? 'no fees' : `the fees ${fees}`
}

function describe({ claim, ordered, claimed }: Comparison): string {
  if (claim === 'state') return `the state is ${claimed}`
  return claim === 'amount' || claim === 'fees'
    ? `ordered ${ordered}, claimed ${claimed}`
    : `ordered for ${ordered}, claimed for ${claimed}`
}
