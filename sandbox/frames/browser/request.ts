// What the page asks for, as an intent of Code's own package, and what the sequencer knows of it.

import {
  type ElementOptionsWithLogin,
  type ElementOptionsWithPayment,
  LoginRequestIntent,
  PaymentRequestIntent,
  TipRequestIntent,
} from '@code-wallet/intents'
import { PublicKey } from '@code-wallet/keys'
import {
  GetStatusRequest,
  Messaging,
  MicroPayment,
  OpenMessageStreamRequest,
  RpcStream,
} from '@code-wallet/rpc'

const ANSWER_DEADLINE_MS = 10_000
const MOST_ATTEMPTS = 3
const ATTEMPT_AGAIN_MS = 400
const UNEXPLAINED = 'The sequencer refuses this, and does not say why.'
const NORMAL = 1000 // RFC 6455: how the sequencer ends a stream whose minute is over

/** The sandbox under the name that this browser knows it by: this script is at `v1/elements/assets/` below it. */
export const base = new URL('../../../', import.meta.url)
const endpoint = new URL('v1', base.href.replace(/^http/, 'ws')).href

export type Intent = PaymentRequestIntent | LoginRequestIntent | TipRequestIntent

export interface Listener {
  hear(event: string): void
  /** With the sequencer's words */
  refused(reason: string): void
  timedOut(): void
  closed(): void
}

/** Derives what the page has derived. Throws the package's own errors for options that make no intent. */
export function deriveIntent(options: Record<string, unknown>): Intent {
  const { idempotencyKey, clientSecret, ...rest } = options
  // The two exclude each other.
  const nonce = idempotencyKey ? { idempotencyKey } : { clientSecret }
  const details: unknown = { ...rest, ...nonce }
  if (options.mode === 'login') return new LoginRequestIntent(details as ElementOptionsWithLogin)
  if (options.mode === 'tip') return new TipRequestIntent(details as never)
  return new PaymentRequestIntent(details as ElementOptionsWithPayment)
}

/**
 * Makes sure that the sequencer has the request, by sending it as Code's frames do. Gives whether it is submitted
 * already. Throws with the sequencer's words, or when it is silent.
 */
export async function ensureRequested(intent: Intent, options: Record<string, unknown>): Promise<boolean> {
  const { exists, intentSubmitted } = await within(getStatus(intent))
  if (exists) return intentSubmitted
  if (!(intent instanceof PaymentRequestIntent) || options.login !== undefined)
    throw new Error(
      'Nobody has made this login request. Only the server that has the verifier’s key can make it.',
    )
  await within(sendMessage(intent))
  return false
}

/**
 * Resolves when the stream of an intent's messages is asked for, unsigned, as Code's frames do it. A frame that was
 * closed just now may leave its stream open for a moment, so a stream that exists is believed the third time only.
 */
export async function openStream(intent: Intent, listener: Listener, attempt = 1): Promise<void> {
  const { hear, refused, timedOut, closed } = listener
  const stream = await within(RpcStream.create(Messaging, 'openMessageStream', endpoint))
  const end = ({ code }: CloseEvent) => (code === NORMAL ? timedOut() : closed())
  stream.ws.addEventListener('close', end)
  stream.write(new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent) }))
  listen(stream.read())

  async function listen(answers: ReturnType<typeof stream.read>): Promise<void> {
    for await (const [response, error] of answers) {
      if (error) return meetRefusal(error.message || UNEXPLAINED)
      for (const { kind } of response?.messages ?? []) if (kind.case) hear(kind.case)
    }
  }

  function meetRefusal(reason: string): void {
    stream.ws.removeEventListener('close', end)
    stream.close()
    if (!reason.includes('already exists') || attempt === MOST_ATTEMPTS) refused(reason)
    else setTimeout(() => openStream(intent, listener, attempt + 1).catch(closed), ATTEMPT_AGAIN_MS)
  }
}

async function getStatus(intent: Intent) {
  const ask = await RpcStream.createUnaryMethod(MicroPayment, 'getStatus', endpoint)
  return ask(new GetStatusRequest({ intentId: keyOf(intent) }))
}

async function sendMessage(intent: PaymentRequestIntent): Promise<void> {
  const send = await RpcStream.createUnaryMethod(Messaging, 'sendMessage', endpoint)
  await send(await intent.getSendMessageRequestProto())
}

function keyOf(intent: Intent): { value: Uint8Array } {
  return { value: PublicKey.fromBase58(intent.getIntentId()).toBuffer() }
}

/** Nobody waits for ever: the package has no deadline, and rejects with an event where there is no connection. */
async function within<T>(work: Promise<T>): Promise<T> {
  let deadline: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(new Error(`The sequencer has not answered for ${ANSWER_DEADLINE_MS / 1000} seconds.`))
    deadline = setTimeout(fail, ANSWER_DEADLINE_MS)
  })
  try {
    return await Promise.race([work, silence])
  } catch (error) {
    if (!(error instanceof Error)) throw new Error('The sequencer cannot be reached.')
    throw error.message ? error : new Error(UNEXPLAINED)
  } finally {
    clearTimeout(deadline)
  }
}
