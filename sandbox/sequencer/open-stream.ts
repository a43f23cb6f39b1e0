import type { OpenMessageStreamRequest } from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import { carriesSignatureBy } from './signatures.ts'

/** What a caller offers if it can receive more than one answer. */
export interface Caller {
  /** Starts to send an intent's messages. Throws a Refusal. */
  openStream?(intent: string): void
}

/** Opens the stream of an intent's messages. A signature is checked only if there is one: Code's frames send none. */
export function openMessageStream({ openStream }: Caller, request: OpenMessageStreamRequest): void {
  const key = request.rendezvousKey?.value
  const intent = readAddress(key, 'rendezvous key')
  if (request.signature && !carriesSignatureBy(key as Uint8Array, request))
    throw new Refusal("signature is not the rendezvous key's", 'Unauthenticated')
  if (!openStream) throw new Refusal('a stream needs a WebSocket')
  openStream(intent)
}
