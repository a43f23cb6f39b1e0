import type { OpenMessageStreamRequest } from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import { carriesSignatureBy } from './signatures.ts'

/** What a caller can offer that has more than one answer to give room for. */
export interface Caller {
  /** Begins to send an intent's messages. Throws Refusal. */
  openStream?(intent: string): void
}

/** Begins the stream of an intent's messages. A signature is checked when there is one: Code's frames have none. */
export function openMessageStream({ openStream }: Caller, request: OpenMessageStreamRequest): void {
  const key = request.rendezvousKey?.value
  const intent = toAddress(key)
  if (intent === undefined) throw new Refusal('rendezvous key must have 32 bytes')
  if (request.signature && !carriesSignatureBy(key as Uint8Array, request))
    throw new Refusal("signature is not the rendezvous key's")
  if (!openStream) throw new Refusal('a stream needs a WebSocket')
  openStream(intent)
}
