import { Refusal } from '../errors.ts'
import type { KeptRequest } from '../state/index.ts'
import { findDomainError } from './domain.ts'
import type { Login } from './read-login.ts'

/** A broken rule in Code's words. It is a Refusal itself if the caller, not the request, is at fault. */
export type Breach = string | Refusal

/** Returns why a login request is refused, by the first of Code's rules that it breaks and in Code's words, or undefined. */
export function findLoginRefusal(login: Login, original: KeptRequest | undefined): Breach | undefined {
  return refusals(login, original).next().value
}

function* refusals(login: Login, original: KeptRequest | undefined): Generator<Breach, undefined> {
  yield* earlyRefusals(login, original)
  if (original?.bill) yield 'original request requires payment'
  if (original && login.domain !== original.domain) yield 'domain mismatches original request'
  yield* loginBreaches(login, original)
}

/** Yields the breaches of the rules that Code checks first in every request. */
export function* earlyRefusals(
  { domain }: { domain: string | null },
  original: KeptRequest | undefined,
): Generator<string> {
  if (original && original.submittedAt !== null) yield 'client submitted intent'
  const error = domain === null ? undefined : findDomainError(domain)
  if (error) yield `domain is invalid: ${error}`
}

/** Yields what is wrong with a requested login, alone or together with a payment. */
export function* loginBreaches(
  { intent, domain, login }: Login,
  original: KeptRequest | undefined,
): Generator<Breach> {
  const { verifier, rendezvousKey, isSigned } = login
  if (verifier === undefined) {
    if (isSigned) yield 'signature can only be set when verifying domain'
    return
  }
  if (domain === null) yield 'verifier cannot be set when domain not provided'
  if (!isSigned) yield 'signature must be set for domain verification'
  if (rendezvousKey === undefined) yield 'rendezvous key must be set for domain verification'
  if (rendezvousKey !== intent) yield 'rendezvous key mismatch'
  if (!login.isGenuine()) yield new Refusal("signature is not the verifier's", 'Unauthenticated')
  // Code fetches the domain's verifiers from the domain itself. The sandbox accepts the first one of an intent.
  if (original && verifier !== original.verifier)
    yield new Refusal(`${verifier} does not own domain ${domain}`, 'PermissionDenied')
}
