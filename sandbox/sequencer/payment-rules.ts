import { takesDeposits } from '../addresses.ts'
import { exchangeRate, findLimits, QUARKS_PER_KIN, toQuarks } from '../exchange.ts'
import type { Fee, KeptRequest } from '../state/index.ts'
import { type Breach, earlyRefusals, loginBreaches } from './login-rules.ts'
import { type Money, type Payment, toHundredths } from './read-payment.ts'

const MOST_FEE_BASIS_POINTS = 1_000 // as documented; Code's server has accepted 5000, which is not documented

/**
 * Returns why a payment request is refused, in Code's words, or undefined. The rules are checked in Code's order and the
 * first breach counts, so each generator below reads from top to bottom.
 */
export function findPaymentRefusal(payment: Payment, original: KeptRequest | undefined): Breach | undefined {
  return refusals(payment, original).next().value
}

function* refusals(payment: Payment, original: KeptRequest | undefined): Generator<Breach, undefined> {
  yield* earlyRefusals(payment, original)
  if (original) yield* mismatches(payment, original)
  else yield* breaches(payment)
  if (payment.malformed) yield payment.malformed
  yield* loginBreaches(payment, original)
}

/** An id identifies one set of details for good, although only the amount and the currency are part of it. */
function* mismatches(
  { destination, money, domain, login, fees }: Payment,
  original: KeptRequest,
): Generator<string> {
  const { bill } = original
  if (!bill) return yield "original request doesn't require payment"
  if (destination !== bill.destination) yield 'destination mismatches original request'
  if (money && money.currency !== bill.currency) yield 'exchange currency mismatches original request'
  if (money && toHundredths(money.nativeAmount) !== bill.hundredths)
    yield 'native amount mismatches original request'
  if (money?.exact && money.exact.exchangeRate !== exchangeRate(bill.currency))
    yield 'exchange rate mismatches original request'
  if (money?.exact && money.exact.quarks !== BigInt(toQuarks(bill.hundredths, bill.currency)))
    yield 'quarks mismatches original request'
  if (domain !== original.domain) yield 'domain mismatches original request'
  if (original.verifier !== null && login.verifier === undefined) yield 'original request is verified'
  if (original.verifier === null && login.verifier !== undefined) yield "original request isn't verified"
  yield* feeMismatches(fees, bill.fees)
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

function* amountBreaches({ currency, nativeAmount, exact }: Money): Generator<string> {
  const limits = findLimits(currency)
  if (!limits) return yield `${currency} currency is not currently supported`
  const [minimum, maximum] = [limits.minimum / 100, limits.maximum / 100]
  if (nativeAmount > maximum) yield `${currency} currency has a maximum amount of ${maximum.toFixed(2)}`
  // Not `<`, since NaN must be refused as well.
  if (!(nativeAmount >= minimum)) yield `${currency} currency has a minimum amount of ${minimum.toFixed(2)}`
  if (exact) yield* kinBreaches(nativeAmount, exact)
}

/** Kin are paid in whole numbers, and have no exchange rate. */
function* kinBreaches(
  nativeAmount: number,
  { exchangeRate, quarks }: NonNullable<Money['exact']>,
): Generator<string> {
  if (!Number.isInteger(nativeAmount)) yield "native amount can't include fractional kin"
  if (quarks % BigInt(QUARKS_PER_KIN) !== 0n) yield "quark amount can't include fractional kin"
  if (exchangeRate !== 1) yield 'kin exchange rate must be 1'
  if (quarks !== BigInt(nativeAmount * QUARKS_PER_KIN)) yield 'payment native amount and quark value mismatch'
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
