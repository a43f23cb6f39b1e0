import type { RequestToLogin, RequestToReceiveBill } from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { RequestDetails } from '../state/index.ts'
import { carriesSignatureBy } from './signatures.ts'

const LONGEST_DOMAIN = 253

/** What asks for a login: a message of its own, or a part of a payment request. */
export interface LoginPart {
  verifier: string | undefined
  rendezvousKey: string | undefined
  isSigned: boolean
  /** Is the signature really the verifier's? It takes a while, so it is asked last. */
  isGenuine(): boolean
}

/** A login request as it came, not yet held against any rule. */
export interface Login {
  intent: string
  domain: string | null
  login: LoginPart
}

/** Throws Refusal for bytes that can't be what they should be; Code has no words of its own for these. */
export function readLogin(intent: string, message: RequestToLogin): Login {
  readAddress(message.verifier?.value, 'verifier') // a payment may leave it out, a login may not
  return { intent, domain: readDomain(message.domain?.value), login: readLoginPart(message) }
}

/** What is kept of a login that no rule refused. */
export function loginDetails({ intent, domain, login }: Login): RequestDetails {
  return { intent, bill: null, domain, verifier: login.verifier ?? null }
}

export function readLoginPart(message: RequestToLogin | RequestToReceiveBill): LoginPart {
  const { verifier, rendezvousKey, signature } = message
  return {
    verifier: verifier && readAddress(verifier.value, 'verifier'),
    rendezvousKey: rendezvousKey && readAddress(rendezvousKey.value, 'rendezvous key'),
    isSigned: signature !== undefined,
    isGenuine: () => verifier !== undefined && carriesSignatureBy(verifier.value, message),
  }
}

export function readAddress(bytes: Uint8Array | undefined, name: string): string {
  const address = toAddress(bytes)
  if (address === undefined) throw new Refusal(`${name} must have 32 bytes`)
  return address
}

export function readDomain(domain: string | undefined): string | null {
  if (domain !== undefined && domain.length > LONGEST_DOMAIN)
    throw new Refusal('domain is invalid: it is too long')
  return domain?.toLowerCase() ?? null
}
