import type { RequestToReceiveBill } from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { Fee, PaymentDetails } from '../state/index.ts'

const MOST_FEE_TAKERS = 5
const LONGEST_DOMAIN = 253

/** A payment request as it came, not yet held against any rule. */
export interface Payment {
  intent: string
  destination: string
  fees: Fee[]
  domain: string | null
  /** Undefined with a shape that says nothing */
  money: { currency: string; nativeAmount: number } | undefined
  /** What is wrong with the shape of the exchange data */
  fault: string | undefined
  login: LoginPart
}

/** What asks for a login together with the payment. */
export interface LoginPart {
  verifier: string | undefined
  rendezvousKey: string | undefined
  isSigned: boolean
}

/** Throws Refusal for bytes that can't be what they should be; Code has no words of its own for these. */
export function readPayment(intent: string, message: RequestToReceiveBill): Payment {
  return {
    intent,
    destination: readAddress(message.requestorAccount?.value, 'requestor account'),
    fees: readFees(message),
    domain: readDomain(message.domain?.value),
    ...readExchangeData(message.exchangeData),
    login: {
      verifier: message.verifier && readAddress(message.verifier.value, 'verifier'),
      rendezvousKey: message.rendezvousKey && readAddress(message.rendezvousKey.value, 'rendezvous key'),
      isSigned: message.signature !== undefined,
    },
  }
}

/** What is kept of a payment that no rule refused. */
export function toDetails({ intent, destination, fees, domain, money }: Payment): PaymentDetails {
  if (!money) throw new TypeError('a payment without exchange data was not refused')
  const hundredths = toHundredths(money.nativeAmount)
  return { intent, destination, fees, domain, currency: money.currency, hundredths }
}

/** 0.29 * 100 is 28.999999999999996 in IEEE 754. */
export function toHundredths(nativeAmount: number): number {
  return Math.round(nativeAmount * 100)
}

function readAddress(bytes: Uint8Array | undefined, name: string): string {
  const address = toAddress(bytes)
  if (address === undefined) throw new Refusal(`${name} must have 32 bytes`)
  return address
}

function readFees({ additionalFees }: RequestToReceiveBill): Fee[] {
  if (additionalFees.length > MOST_FEE_TAKERS)
    throw new Refusal(`there are at most ${MOST_FEE_TAKERS} fee takers`)
  return additionalFees.map(({ destination, feeBps }, index) => ({
    destination: readAddress(destination?.value, `fee taker at index ${index}`),
    basisPoints: feeBps,
  }))
}

function readDomain(domain: string | undefined): string | null {
  if (domain !== undefined && domain.length > LONGEST_DOMAIN)
    throw new Refusal('domain is invalid: it is too long')
  return domain?.toLowerCase() ?? null
}

function readExchangeData(data: RequestToReceiveBill['exchangeData']): Pick<Payment, 'money' | 'fault'> {
  if (data.case === undefined) return { money: undefined, fault: 'exchange data is nil' }
  const { currency, nativeAmount } = data.value
  if (data.case === 'exact' && currency !== 'kin') {
    return { money: undefined, fault: 'exact exchange data is reserved for kin only' }
  }
  if (data.case === 'partial' && currency === 'kin') {
    return { money: undefined, fault: 'partial exchange data is reserved for fiat currencies' }
  }
  return { money: { currency, nativeAmount }, fault: undefined }
}
