import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { type SendMessageRequest, SendMessageResponse, SendMessageResponse_Result } from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { SequencerDeps } from './deps.ts'
import { findRefusal } from './payment-rules.ts'
import { readPayment, toDetails } from './read-payment.ts'

const MESSAGE_ID_BYTES = 16

/** Keeps a payment request. The very same request again is fine: that is how a merchant tries again. Throws Refusal. */
export function sendMessage(
  { requests, clock, report }: SequencerDeps,
  request: SendMessageRequest,
): SendMessageResponse {
  const intent = readSigner(request)
  const kind = request.message?.kind
  if (kind?.case !== 'requestToReceiveBill') {
    throw new Refusal(
      `this sandbox takes requests for payments only, not ${kind?.case ?? 'an empty message'}`,
    )
  }
  const payment = readPayment(intent, kind.value)
  const original = requests.find(intent)
  const refusal = findRefusal(payment, original)
  if (refusal !== undefined) throw new Refusal(refusal)
  if (!original) requests.add(toDetails(payment), clock.now())
  report({ what: original ? 'request repeated' : 'request accepted', intent })
  const messageId = { value: randomBytes(MESSAGE_ID_BYTES) }
  return new SendMessageResponse({ result: SendMessageResponse_Result.OK, messageId })
}

/** The intent's id is the key that signed the message: only who knows the client secret can ask in its name. */
function readSigner({ message, rendezvousKey, signature }: SendMessageRequest): string {
  const intent = toAddress(rendezvousKey?.value)
  if (intent === undefined) throw new Refusal('rendezvous key must have 32 bytes')
  if (!message) throw new Refusal('message is missing')
  if (!isSignedBy(rendezvousKey?.value as Uint8Array, message.toBinary(), signature?.value)) {
    throw new Refusal("signature is not the rendezvous key's")
  }
  return intent
}

// node:crypto, since the SDK's own verification takes the main thread twenty times as long.
function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array = new Uint8Array()): boolean {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  } catch {
    return false // 32 bytes that are no point of the curve
  }
}
