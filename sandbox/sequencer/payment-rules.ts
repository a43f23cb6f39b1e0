import { takesDeposits } from '../addresses.ts'
import { findLimits } from '../limits.ts'
import type { Fee, PaymentRequest } from '../state/index.ts'
import { findDomainFault } from './domain.ts'
import { type Payment, toHundredths } from './read-payment.ts'

const MOST_FEE_BASIS_POINTS = 1_000 // what Code documents; its server was seen to take 5000, which nobody promised

/**
 * Why a payment request is refused, in Code's words, or undefined. The rules are gone through in Code's order and
 * the first that is broken is named, so each generator below reads from top to bottom.
 */
export function findRefusal(payment: Payment, original: PaymentRequest | undefined): string | undefined {
  return refusals(payment, original).next().value
}

function* refusals(payment: Payment, original: PaymentRequest | undefined): Generator<string, undefined> {
  if (original && original.submittedAt !== null) yield 'client submitted intent'
  const domainFault = payment.domain === null ? undefined : findDomainFault(payment.domain)
  if (domainFault) yield `domain is invalid: ${domainFault}`
  if (original) yield* mismatches(payment, original)
  else yield* breaches(payment)
  if (payment.fault) yield payment.fault
  yield* loginFaults(payment)
}

/** An id stands for one set of details for ever. Only the amount and the currency are in the id itself. */
function* mismatches(
  { destination, money, domain, login, fees }: Payment,
  original: PaymentRequest,
): Generator<string> {
  if (destination !== original.destination) yield 'destination mismatches original request'
  if (money && money.currency !== original.currency) yield 'exchange currency mismatches original request'
  if (money && toHundredths(money.nativeAmount) !== original.hundredths)
    yield 'native amount mismatches original request'
  if (domain !== original.domain) yield 'domain mismatches original request'
  if (login.verifier !== undefined) yield "original request isn't verified"
  yield* feeMismatches(fees, original.fees)
}

function* feeMismatches(fees: Fee[], original: Fee[]): Generator<string> {
  if (fees.length !== original.length) yield `original request configured ${original.length} fee takers`
  for (const [index, fee] of fees.entries()) {
    if (fee.destination !== original[index]?.destination)
      yield `destination for fee at index ${index} mismatches original request`
    if (fee.basisPoints !== original[index]?.basisPoints)
      yield `basis points for fee at index ${index} mismatches original request`
  }
}

function* breaches({ destination, money, fees }: Payment): Generator<string> {
  if (!takesDeposits(destination)) yield `code account ${destination} is not a deposit account`
  if (money) yield* amountBreaches(money)
  yield* feeBreaches(fees, destination)
}

function* amountBreaches({
  currency,
  nativeAmount,
}: {
  currency: string
  nativeAmount: number
}): Generator<string> {
  const limits = findLimits(currency)
  if (!limits) return yield `${currency} currency is not currently supported`
  const [minimum, maximum] = [limits.minimum / 100, limits.maximum / 100]
  if (nativeAmount > maximum) yield `${currency} currency has a maximum amount of ${maximum.toFixed(2)}`
  // Not `<`: whatever is no number at all is too little.
  if (!(nativeAmount >= minimum)) yield `${currency} currency has a minimum amount of ${minimum.toFixed(2)}`
}

function* feeBreaches(fees: Fee[], destination: string): Generator<string> {
  const takers = new Set<string>()
  for (const [index, fee] of fees.entries()) {
    if (fee.destination === destination)
      yield `fee taker at index ${index} is the payment destination and should be omitted`
    if (takers.has(fee.destination))
      yield `fee taker at index ${index} appears multiple times and should be merged`
    takers.add(fee.destination)
  }
  const total = fees.reduce((sum, { basisPoints }) => sum + basisPoints, 0)
  if (total > MOST_FEE_BASIS_POINTS)
    yield `total fee percentage cannot exceed ${MOST_FEE_BASIS_POINTS} basis points`
}

function* loginFaults({ intent, domain, login }: Payment): Generator<string> {
  const { verifier, rendezvousKey, isSigned } = login
  if (verifier === undefined) {
    if (isSigned) yield 'signature can only be set when verifying domain'
    return
  }
  if (domain === null) yield 'verifier cannot be set when domain not provided'
  if (!isSigned) yield 'signature must be set for domain verification'
  if (rendezvousKey === undefined) yield 'rendezvous key must be set for domain verification'
  if (rendezvousKey !== intent) yield 'rendezvous key mismatch'
  yield 'this sandbox does not know logins yet'
}
