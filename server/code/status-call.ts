import { randomBytes } from 'node:crypto'
import { Common, GetStatusRequest, GetStatusResponse } from '@code-wallet/rpc'
import { reasonIn } from './sender.ts'

/** How a sequencer took a call for the status of an intent that nobody has made. */
export type StatusAnswer = 'unknown-intent' | 'known-intent' | { refusal: string }

/** Composes a call that asks for the status of a random intent. It changes nothing, and nobody is asked to pay. */
export function composeStatusCall(): Uint8Array {
  const body = new GetStatusRequest({ intentId: { value: randomBytes(32) } }).toBinary()
  return new Common.Request({ service: 'MicroPayment', method: 'getStatus', body }).toBinary()
}

/** Reads the answer. Returns undefined if it is in no form in which a sequencer answers. */
export function readStatusAnswer(bytes: Uint8Array): StatusAnswer | undefined {
  try {
    const envelope = Common.Response.fromBinary(bytes)
    if (envelope.result !== Common.Response_Result.OK) return { refusal: reasonIn(envelope) }
    return GetStatusResponse.fromBinary(envelope.body).exists ? 'known-intent' : 'unknown-intent'
  } catch {
    return undefined
  }
}
