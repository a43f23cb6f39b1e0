import { exchangeRate, toQuarks } from '../exchange.ts'
import type { KeptRequest } from '../state/index.ts'

/**
 * Returns the claims of a submitted request's webhook: JSON without spaces, its fields in alphabetical order, as Code
 * writes it. `user` is included if a login was requested. If nothing else was, it is the only claim: even the intent is
 * missing.
 */
export function describeSubmission({ intent, bill, verifier, user }: KeptRequest): string {
  const login = verifier !== null && { user }
  if (!bill) return JSON.stringify({ ...login })
  const { currency, hundredths, destination, fees } = bill
  return JSON.stringify({
    amount: hundredths / 100,
    currency: currency.toUpperCase(),
    destination,
    exchangeRate: exchangeRate(currency),
    ...(fees.length > 0 && {
      fees: fees.map(({ basisPoints, destination }) => ({ basisPoints, destination })),
    }),
    intent,
    quarks: toQuarks(hundredths, currency),
    state: 'SUBMITTED',
    ...login,
  })
}

/** Code's test event, which is about no intent. */
export const TEST_EVENT = JSON.stringify({ bool: true, float: 123.45, int: 42, string: 'string_value' })
