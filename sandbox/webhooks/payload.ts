import { exchangeRate, toQuarks } from '../limits.ts'
import type { PaymentRequest } from '../state/index.ts'

/** What a webhook says of a payment: JSON without spaces, its fields in alphabetical order, as Code writes it. */
export function describePayment({ intent, currency, hundredths, destination, fees }: PaymentRequest): string {
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
  })
}

/** Code's test event. It is about nothing. */
export const TEST_EVENT = JSON.stringify({ bool: true, float: 123.45, int: 42, string: 'string_value' })
