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
import { type Money, toDecimal } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import { createCircuit } from './circuit.ts'
import { asTrouble, SequencerRefusal, sendEnvelope } from './sender.ts'

type Registration =
  | 'ok'
  | 'already_registered'
  | 'request_not_found'
  | 'intent_exists'
  | 'invalid_url'
  | 'unknown'

/** An intent made but not yet sent. `id` is known from here on; `clientSecret` is its nonce, base58. */
export type PreparedIntent = ReturnType<typeof prepareIntent>

export type Gateway = ReturnType<typeof createGateway>

type SdkCurrency = ConstructorParameters<typeof PaymentRequestIntent>[0]['currency']

/**
 * Makes the intent object, once: deriving its key costs the main thread about a millisecond. Without a client
 * secret the nonce is random. The SDK would round or accept any number; ours is whole hundredths.
 */
export function prepareIntent(
  { hundredths, currency, destination }: Money & { destination: string },
  clientSecret = newClientSecret(),
) {
  const intent = new PaymentRequestIntent({
    mode: 'payment',
    amount: toDecimal(hundredths),
    currency: currency as SdkCurrency,
    destination,
    clientSecret,
  })
  signNatively(intent)
  return { id: intent.getIntentId(), clientSecret, intent }
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
    return sign(
      null,
      new Uint8Array(message),
      createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d, x } }),
    )
  }
}

function newClientSecret(): string {
  return new IdempotencyKey(randomBytes(IdempotencyKey.MAX_LENGTH)).toString()
}

/**
 * All calls to Code, with deadlines, checked envelopes and a circuit that opens when Code is down.
 * This is `paymentIntents.create` of the SDK taken apart: that one can't be told to wait until an order is stored, and
 * never says that it was refused. See docs/decisions/010-create-taken-apart.md.
 * Every call throws SequencerRefusal, or ShopError sequencer-silent, sequencer-failed or sequencer-down.
 */
export function createGateway(endpoint: string) {
  const client = clientWithDeadline(endpoint)
  const circuit = createCircuit((error) => error instanceof ShopError)
  const guarded = <T>(call: () => Promise<T>): Promise<T> => circuit.guard(() => call().catch(understand))

  /**
   * Resolves once the intent is there: with true if our own request was visibly accepted, with false if only a status
   * shows that somebody's was. The very same request again is accepted again.
   */
  async function createIntent({ id, intent }: PreparedIntent): Promise<boolean> {
    const request = await intent.getSendMessageRequestProto()
    const { result, messageId } = await guarded(() => client.send(Messaging, 'sendMessage', request))
    if (result !== SendMessageResponse_Result.OK) {
      throw new SequencerRefusal(`result ${SendMessageResponse_Result[result]}`)
    }
    if (messageId !== undefined) return true
    await assertExists(id)
    return false
  }

  /** An empty answer decodes as OK, whoever sent it; then only a status can show that the intent is there. */
  async function assertExists(intent: string): Promise<void> {
    const { exists } = await getStatus(intent)
    if (!exists)
      throw new ShopError(
        'sequencer-failed',
        'Code answered nothing, and does not know the request; try again',
      )
  }

  /** Asks Code to post this intent's payment to `url`. Only the first registration of an intent counts. */
  async function registerWebhook(intent: string, url: string): Promise<Registration> {
    const request = new RegisterWebhookRequest({ intentId: intentId(intent), url })
    const { result } = await guarded(() => client.send(MicroPayment, 'registerWebhook', request))
    return (RegisterWebhookResponse_Result[result]?.toLowerCase() ?? 'unknown') as Registration
  }

  /** Whether the buyer's payment was submitted. `exists: false` proves little: see the decision record. */
  async function getStatus(intent: string): Promise<{ exists: boolean; intentSubmitted: boolean }> {
    const request = new GetStatusRequest({ intentId: intentId(intent) })
    return guarded(() => client.send(MicroPayment, 'getStatus', request))
  }

  return { createIntent, registerWebhook, getStatus, isDown: circuit.isOpen }
}

/** The SDK decodes the inner message by itself, and what it throws says nothing of where it comes from. */
function understand(error: Error): never {
  throw error instanceof ShopError || error instanceof SequencerRefusal ? error : asTrouble(error)
}

function intentId(intent: string) {
  return { value: PublicKey.fromBase58(intent).toBuffer() }
}

/** The SDK's client with its sender replaced: the SDK ignores the `fetch` that it is given, so this is the only door. */
function clientWithDeadline(endpoint: string): Client {
  const client = new Client(endpoint)
  const getSender = () => (payload: Uint8Array) => sendEnvelope(endpoint, payload)
  return Object.defineProperty(client, 'getSender', { value: getSender })
}
