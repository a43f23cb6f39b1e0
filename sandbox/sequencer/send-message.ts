import { randomBytes } from 'node:crypto'
import {
  type Message,
  type SendMessageRequest,
  SendMessageResponse,
  SendMessageResponse_Result,
} from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { KeptRequest, RequestDetails } from '../state/index.ts'
import type { SequencerDeps } from './deps.ts'
import { type Breach, findLoginRefusal } from './login-rules.ts'
import { findPaymentRefusal } from './payment-rules.ts'
import { loginDetails, readLogin } from './read-login.ts'
import { paymentDetails, readPayment } from './read-payment.ts'
import { isSignedBy } from './signatures.ts'

const MESSAGE_ID_BYTES = 16

/**
 * Stores a request for a payment, a login or both. The same request may come again: that is how a merchant retries. Throws
 * a Refusal.
 */
export async function sendMessage(
  { requests, clock, report }: SequencerDeps,
  request: SendMessageRequest,
): Promise<SendMessageResponse> {
  const intent = readSigner(request)
  const original = requests.find(intent)
  const details = readDetails(intent, request.message?.kind, original)
  if (!original) requests.add(details, clock.now())
  await requests.stored() // the original may have come in this turn of the event loop as well
  report({ what: original ? 'request repeated' : 'request accepted', ...details })
  const messageId = { value: randomBytes(MESSAGE_ID_BYTES) }
  return new SendMessageResponse({ result: SendMessageResponse_Result.OK, messageId })
}

/** Returns the intent, whose id is the key that signed the message: only a holder of the client secret can send it. */
function readSigner({ message, rendezvousKey, signature }: SendMessageRequest): string {
  const intent = readAddress(rendezvousKey?.value, 'rendezvous key')
  if (!message) throw new Refusal('message is missing')
  if (!isSignedBy(rendezvousKey?.value as Uint8Array, message.toBinary(), signature?.value)) {
    throw new Refusal("signature is not the rendezvous key's", 'Unauthenticated')
  }
  return intent
}

function readDetails(
  intent: string,
  kind: Message['kind'] | undefined,
  original: KeptRequest | undefined,
): RequestDetails {
  if (kind?.case === 'requestToReceiveBill') {
    const payment = readPayment(intent, kind.value)
    refuse(findPaymentRefusal(payment, original))
    return paymentDetails(payment)
  }
  if (kind?.case === 'requestToLogin') {
    const login = readLogin(intent, kind.value)
    refuse(findLoginRefusal(login, original))
    return loginDetails(login)
  }
  throw new Refusal(
    `this sandbox only accepts requests for payments and logins, not ${kind?.case ?? 'an empty message'}`,
  )
}

function refuse(breach: Breach | undefined): void {
  if (breach !== undefined) throw typeof breach === 'string' ? new Refusal(breach) : breach
}
