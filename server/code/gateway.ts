import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { Client } from '@code-wallet/client'
import { IdempotencyKey, PaymentRequestIntent } from '@code-wallet/intents'
import { PublicKey } from '@code-wallet/keys'
import {
  GetStatusRequest,
  Messaging,
  MicroPayment,
  RegisterWebhookRequest,
  RegisterWebhookResponse_Result,
  SendMessageResponse_Result,
} from '@code-wallet/rpc'
import { type Money, readFees, toDecimal } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import { type Circuit, callThrough, isOpen, isPaused, newCircuit } from './circuit.ts'
import type { Outage } from './outage.ts'
import { asFailure, SequencerRefusal, sendEnvelope } from './sender.ts'

/** The sequencer at one address, with a circuit that opens while it is down. */
export interface Gateway {
  client: Client
  circuit: Circuit
}

/** An intent that was made but not sent. `id` is known from here on; `clientSecret` is its nonce, base58. */
export interface PreparedIntent {
  id: string
  clientSecret: string
  intent: PaymentRequestIntent
}

export type Registration =
  | 'ok'
  | 'already_registered'
  | 'request_not_found'
  | 'intent_exists'
  | 'invalid_url'
  | 'unknown'

type SdkCurrency = ConstructorParameters<typeof PaymentRequestIntent>[0]['currency']

/**
 * Makes the intent object, once: deriving its key costs the main thread about a millisecond. Without a client
 * secret the nonce is random. The SDK would round or accept any number; ours is whole hundredths.
 */
export function prepareIntent(
  { hundredths, currency, destination, fees }: Money & { destination: string; fees: string },
  clientSecret = newClientSecret(),
): PreparedIntent {
  const intent = new PaymentRequestIntent({
    mode: 'payment',
    amount: toDecimal(hundredths),
    currency: currency as SdkCurrency,
    destination,
    ...(fees !== '' && { fees: readFees(fees) }), // even an empty list would make another intent
    clientSecret,
  })
  signNatively(intent)
  return { id: intent.getIntentId(), clientSecret, intent }
}

function newClientSecret(): string {
  return new IdempotencyKey(randomBytes(IdempotencyKey.MAX_LENGTH)).toString()
}

/**
 * The SDK's signing derives the public key once more, in JavaScript. An Ed25519 signature leaves nothing to choose
 * (RFC 8032, section 5.1.6), so OpenSSL's is the very same, in a fifth of the time. As a JWK, since OpenSSL takes longer
 * to decode PKCS #8 than to sign.
 */
function signNatively({ rendezvousKeypair: pair }: PaymentRequestIntent): void {
  const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  pair.sign = (message) => {
    const [d, x] = [base64url(pair.getPrivateValue()), base64url(pair.getPublicValue())]
    const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d, x } })
    return sign(null, new Uint8Array(message), key)
  }
}

/**
 * Opens the way to the sequencer at this address. Every call has a deadline, reads the envelope's result, and throws
 * SequencerRefusal, or ShopError sequencer-silent, sequencer-failed or sequencer-down.
 *
 * This is `paymentIntents.create` of the SDK taken apart: that one can't be told to wait until an order is stored, and
 * never says that it was refused. See docs/decisions/010-create-taken-apart.md.
 */
export function openGateway(endpoint: string, log: Outage['log']): Gateway {
  return { client: clientWithDeadline(endpoint), circuit: newCircuit(log) }
}

/** The SDK ignores the `fetch` that it is given, so the only way to a deadline is to replace its client's sender. */
function clientWithDeadline(endpoint: string): Client {
  const client = new Client(endpoint)
  const getSender = () => (payload: Uint8Array) => sendEnvelope(endpoint, payload)
  return Object.defineProperty(client, 'getSender', { value: getSender })
}

/** Returns whether the sequencer has failed several times in a row, and hasn't answered since. */
export function isDown({ circuit }: Gateway): boolean {
  return isOpen(circuit)
}

/** Returns whether a call would fail at once, because the sequencer is down. */
export function isPausing({ circuit }: Gateway): boolean {
  return isPaused(circuit)
}

/**
 * Creates the intent at the sequencer. Resolves once it is there: with true if our own request was visibly accepted, with
 * false if only a status shows that somebody's was. The very same request again is accepted again.
 */
export async function createIntent(gateway: Gateway, { id, intent }: PreparedIntent): Promise<boolean> {
  const request = await intent.getSendMessageRequestProto()
  const { result, messageId } = await call(gateway, ({ client }) =>
    client.send(Messaging, 'sendMessage', request),
  )
  if (result !== SendMessageResponse_Result.OK) {
    throw new SequencerRefusal(`result ${SendMessageResponse_Result[result]}`)
  }
  if (messageId !== undefined) return true
  await assertExists(gateway, id)
  return false
}

/** An empty answer decodes as OK, whoever sent it; then only a status can show that the intent is there. */
async function assertExists(gateway: Gateway, intent: string): Promise<void> {
  try {
    if ((await getStatus(gateway, intent)).exists) return
  } catch (error) {
    if (!(error instanceof SequencerRefusal)) throw error // a refusal to speak of it doesn't refuse the intent
  }
  throw new ShopError('sequencer-failed', ({ codeEmpty }) => codeEmpty())
}

/** Asks the sequencer to post this intent's payment to `url`. Only the first registration of an intent counts. */
export async function registerWebhook(gateway: Gateway, intent: string, url: string): Promise<Registration> {
  const request = new RegisterWebhookRequest({ intentId: intentId(intent), url })
  const { result } = await call(gateway, ({ client }) =>
    client.send(MicroPayment, 'registerWebhook', request),
  )
  return (RegisterWebhookResponse_Result[result]?.toLowerCase() ?? 'unknown') as Registration
}

/** Asks whether the buyer's payment was submitted. `exists: false` proves little: see docs/decisions/009-what-a-status-may-pay.md. */
export async function getStatus(
  gateway: Gateway,
  intent: string,
): Promise<{ exists: boolean; codeScanned: boolean; intentSubmitted: boolean }> {
  const request = new GetStatusRequest({ intentId: intentId(intent) })
  return call(gateway, ({ client }) => client.send(MicroPayment, 'getStatus', request))
}

function intentId(intent: string) {
  return { value: PublicKey.fromBase58(intent).toBuffer() }
}

function call<T>(gateway: Gateway, send: (gateway: Gateway) => Promise<T>): Promise<T> {
  return callThrough(
    gateway.circuit,
    (error) => error instanceof ShopError,
    () => send(gateway).catch(throwUnderstood),
  )
}

/** The SDK decodes the inner message by itself, and what it throws doesn't say where it comes from. */
function throwUnderstood(error: Error): never {
  throw error instanceof ShopError || error instanceof SequencerRefusal ? error : asFailure(error)
}
