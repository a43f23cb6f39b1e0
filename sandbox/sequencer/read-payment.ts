import type { RequestToReceiveBill } from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { Fee, RequestDetails } from '../state/index.ts'
import { type LoginPart, readDomain, readLoginPart } from './read-login.ts'

const MOST_FEE_TAKERS = 5
const LONGEST_CURRENCY = 20 // currencies have three or four letters; this bounds what a refusal repeats

/** The amount to be paid, as received. */
export interface Money {
  currency: string
  nativeAmount: number
  /** Only for kin: the exchange rate, which must be 1, and the amount in quarks */
  exact: { exchangeRate: number; quarks: bigint } | undefined
}

/** A payment request as received, not yet checked against the rules. */
export interface Payment {
  intent: string
  destination: string
  fees: Fee[]
  domain: string | null
  /** Undefined if the exchange data is malformed */
  money: Money | undefined
  /** Why the exchange data is malformed, if it is */
  malformed: string | undefined
  login: LoginPart
}

/** Reads a payment request. Throws a Refusal, whose words are not Code's, for malformed bytes. */
export function readPayment(intent: string, message: RequestToReceiveBill): Payment {
  return {
    intent,
    destination: readAddress(message.requestorAccount?.value, 'requestor account'),
    fees: readFees(message),
    domain: readDomain(message.domain?.value),
    ...readExchangeData(message.exchangeData),
    login: readLoginPart(message),
  }
}

/** Returns what is stored of a payment that breaks no rule. */
export function paymentDetails({ intent, destination, fees, domain, money, login }: Payment): RequestDetails {
  if (!money) throw new TypeError('a payment without exchange data was not refused')
  const hundredths = toHundredths(money.nativeAmount)
  const bill = { currency: money.currency, hundredths, destination, fees }
  return { intent, bill, domain, verifier: login.verifier ?? null }
}

/** Converts an amount to hundredths. It rounds because 0.29 * 100 is 28.999999999999996 in IEEE 754. */
export function toHundredths(nativeAmount: number): number {
  return Math.round(nativeAmount * 100)
}

function readFees({ additionalFees }: RequestToReceiveBill): Fee[] {
  if (additionalFees.length > MOST_FEE_TAKERS)
    throw new Refusal(`there are at most ${MOST_FEE_TAKERS} fee takers`)
  return additionalFees.map(({ destination, feeBps }, index) => ({
    destination: readAddress(destination?.value, `fee taker at index ${index}`),
    basisPoints: feeBps,
  }))
}

function readExchangeData(data: RequestToReceiveBill['exchangeData']): Pick<Payment, 'money' | 'malformed'> {
  if (data.case === undefined) return { money: undefined, malformed: 'exchange data is nil' }
  const { currency, nativeAmount } = data.value
  if (currency.length > LONGEST_CURRENCY) throw new Refusal('exchange currency is too long')
  if (data.case === 'exact' && currency !== 'kin') {
    return { money: undefined, malformed: 'exact exchange data is reserved for kin only' }
  }
  if (data.case === 'partial' && currency === 'kin') {
    return { money: undefined, malformed: 'partial exchange data is reserved for fiat currencies' }
  }
  const exact = data.case === 'exact' ? data.value : undefined
  return { money: { currency, nativeAmount, exact }, malformed: undefined }
}
