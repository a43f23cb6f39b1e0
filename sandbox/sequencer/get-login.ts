import { PublicKey } from '@code-wallet/keys'
import {
  type GetLoginForThirdPartyAppRequest,
  GetLoginForThirdPartyAppResponse,
  GetLoginForThirdPartyAppResponse_Result as Result,
} from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { KeptRequest } from '../state/index.ts'
import type { SequencerDeps } from './deps.ts'
import { carriesSignatureBy } from './signatures.ts'

/** Returns who logged in, but only to the verifier that requested the login. Throws a Refusal. */
export function getLogin(
  { requests, report }: Pick<SequencerDeps, 'requests' | 'report'>,
  request: GetLoginForThirdPartyAppRequest,
): GetLoginForThirdPartyAppResponse {
  const intent = readAddress(request.intentId?.value, 'intent id')
  const verifier = readVerifier(request)
  const response = findLogin(requests.find(intent), verifier)
  report({ what: 'login asked', intent, result: Result[response.result] })
  return response
}

function findLogin(original: KeptRequest | undefined, verifier: string): GetLoginForThirdPartyAppResponse {
  if (!original) return new GetLoginForThirdPartyAppResponse({ result: Result.REQUEST_NOT_FOUND })
  if (original.verifier === null)
    return new GetLoginForThirdPartyAppResponse({ result: Result.LOGIN_NOT_SUPPORTED })
  if (verifier !== original.verifier)
    throw new Refusal(`${verifier} does not own the domain for the login`, 'Unauthenticated')
  if (original.user === null)
    return new GetLoginForThirdPartyAppResponse({ result: Result.NO_USER_LOGGED_IN })
  const userId = { value: PublicKey.fromBase58(original.user).toBuffer() }
  return new GetLoginForThirdPartyAppResponse({ result: Result.OK, userId })
}

function readVerifier(request: GetLoginForThirdPartyAppRequest): string {
  const key = request.verifier?.value
  const verifier = readAddress(key, 'verifier')
  if (!carriesSignatureBy(key as Uint8Array, request))
    throw new Refusal("signature is not the verifier's", 'Unauthenticated')
  return verifier
}
