import type { RequestToLogin, RequestToReceiveBill } from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { RequestDetails } from '../state/index.ts'
import { carriesSignatureBy } from './signatures.ts'

const LONGEST_DOMAIN = 253

/** A request for a login: a message of its own, or a part of a payment request. */
export interface LoginPart {
  verifier: string | undefined
  rendezvousKey: string | undefined
  isSigned: boolean
  /** Whether the signature is the verifier's. Checking takes a while, so it comes last. */
  isGenuine(): boolean
}

/** A login request as received, not yet checked against the rules. */
export interface Login {
  intent: string
  domain: string | null
  login: LoginPart
}

/** Reads a login request. Throws a Refusal, whose words are not Code's, for malformed bytes. */
export function readLogin(intent: string, message: RequestToLogin): Login {
  readAddress(message.verifier?.value, 'verifier') // optional in a payment, mandatory in a login
  return { intent, domain: readDomain(message.domain?.value), login: readLoginPart(message) }
}

/** Returns what is stored of a login that breaks no rule. */
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

export function readDomain(domain: string | undefined): string | null {
  if (domain !== undefined && domain.length > LONGEST_DOMAIN)
    throw new Refusal('domain is invalid: it is too long')
  return domain?.toLowerCase() ?? null
}
