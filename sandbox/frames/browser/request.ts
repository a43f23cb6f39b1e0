// The page's request as an intent of Code's own package, and the calls to the sequencer about it.

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
import { fill, inDigits, said } from './said.ts'

const ANSWER_DEADLINE_MS = 10_000
const MOST_ATTEMPTS = 3
const ATTEMPT_AGAIN_MS = 400
const NORMAL = 1000 // RFC 6455: with this code the sequencer ends a stream after its minute

/** The sandbox's address as this browser knows it: this script is at `v1/elements/assets/` below it. */
export const base = new URL('../../../', import.meta.url)
const endpoint = new URL('v1', base.href.replace(/^http/, 'ws')).href

export type Intent = PaymentRequestIntent | LoginRequestIntent | TipRequestIntent

export interface Listener {
  receive(event: string): void
  /** With the sequencer's words */
  refused(reason: string): void
  timedOut(): void
  closed(): void
}

/** Derives the same intent as the page. Throws the package's own errors for invalid options. */
export function deriveIntent(options: Record<string, unknown>): Intent {
  const { idempotencyKey, clientSecret, ...rest } = options
  // The package accepts only one of the two.
  const nonce = idempotencyKey ? { idempotencyKey } : { clientSecret }
  const details: unknown = { ...rest, ...nonce }
  if (options.mode === 'login') return new LoginRequestIntent(details as ElementOptionsWithLogin)
  if (options.mode === 'tip') return new TipRequestIntent(details as never)
  return new PaymentRequestIntent(details as ElementOptionsWithPayment)
}

/**
 * Makes sure that the sequencer has the request, by sending it as Code's frames do. Resolves with whether the intent has
 * already been submitted. Throws the sequencer's reason, or an error if it doesn't answer.
 */
export async function ensureRequested(intent: Intent, options: Record<string, unknown>): Promise<boolean> {
  const { exists, intentSubmitted } = await within(getStatus(intent))
  if (exists) return intentSubmitted
  if (!(intent instanceof PaymentRequestIntent) || options.login !== undefined) throw new Error(said.noLogin)
  await within(sendMessage(intent))
  return false
}

/**
 * Requests the stream of an intent's messages, unsigned, as Code's frames do. A frame that was closed a moment ago may have
 * left its stream open, so `already exists` counts only the third time.
 */
export async function openStream(intent: Intent, listener: Listener, attempt = 1): Promise<void> {
  const { receive, refused, timedOut, closed } = listener
  const stream = await within(RpcStream.create(Messaging, 'openMessageStream', endpoint))
  const end = ({ code }: CloseEvent) => (code === NORMAL ? timedOut() : closed())
  stream.ws.addEventListener('close', end)
  stream.write(new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent) }))
  listen(stream.read())

  async function listen(answers: ReturnType<typeof stream.read>): Promise<void> {
    for await (const [response, error] of answers) {
      if (error) return handleRefusal(error.message || said.unexplained)
      for (const { kind } of response?.messages ?? []) if (kind.case) receive(kind.case)
    }
  }

  function handleRefusal(reason: string): void {
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

/** Adds a deadline, which the package lacks, and turns the event that it throws without a connection into an error. */
async function within<T>(work: Promise<T>): Promise<T> {
  let deadline: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(fill(said.silent, { seconds: inDigits(ANSWER_DEADLINE_MS / 1000) })))
    deadline = setTimeout(fail, ANSWER_DEADLINE_MS)
  })
  try {
    return await Promise.race([work, silence])
  } catch (error) {
    if (!(error instanceof Error)) throw new Error(said.unreachable)
    throw error.message ? error : new Error(said.unexplained)
  } finally {
    clearTimeout(deadline)
  }
}
