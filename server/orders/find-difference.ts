import { type Database, findIntentTerms, type VerifiedEvent } from '../../db/index.ts'
import { toDecimal } from '../../money/index.ts'

/** Says how an event differs from our intent of that id: `ordered 0.90 eur, claimed 0.05 usd`. */
export async function findDifference(db: Database, event: VerifiedEvent): Promise<string> {
  const ours = event.intent === null ? undefined : await findIntentTerms(db, event.intent)
  if (!ours) return 'the intent is gone'
  const { hundredths, currency, destination, state } = event
  const differences = [
    describe('ordered', asAmount(ours), 'claimed', asAmount({ hundredths, currency })),
    describe('ordered for', ours.destination, 'claimed for', String(destination)),
    state === 'SUBMITTED' ? [] : `the state is ${state}`,
  ]
  return differences.flat().join('; ')
}

function asAmount({ hundredths, currency }: { hundredths: number | null; currency: string | null }): string {
  return hundredths === null
    ? `no valid amount in ${currency}`
    : `${toDecimal(hundredths).toFixed(2)} ${currency}`
}

function describe(did: string, ours: string, claimed: string, theirs: string): string | [] {
  return ours === theirs ? [] : `${did} ${ours}, ${claimed} ${theirs}`
}
