import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { Webhook } from 'standardwebhooks'
import type { Config } from '../config/index.ts'

const DEADLINE_MS = 5_000 // for the whole exchange, from the name of the host to the answer
const LARGEST_ANSWER = 1_024 // bytes that are read; they are shown to the merchant, to explain a failure
const CONTROL_CHARACTERS = /\p{Cc}+/gu

/** The merchant's webhook: where alerts are posted, and how they are signed. */
export interface Receiver {
  url: URL
  signer: Webhook
  request: typeof http.request
  agent: http.Agent
}

/** A signed message. Its id is the same in each attempt; `sentAt` is the time of this one. */
export interface Message {
  id: string
  sentAt: number
  body: string
}

/** An attempt that failed. The message is a short reason that contains no secret: `deadline`, `private-address`, a status, or an error's code. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed'
  /** The beginning of what the receiver answered */
  readonly answer: string | null

  constructor(reason: string, { answer = null, ...options }: ErrorOptions & { answer?: string | null } = {}) {
    super(reason, options)
    this.answer = answer
  }
}

/**
 * Opens the way to the merchant's webhook. Each attempt has a connection of its own, and looks its host up anew. The
 * addresses found are checked before they are connected to: none may be of this machine or of its network, in
 * whatever notation, unless the merchant allows it.
 */
export function openReceiver({ url, secret, allowPrivate }: NonNullable<Config['alerts']>): Receiver {
  const options = { allowPrivateIPAddress: allowPrivate, keepAlive: false }
  const isHttps = url.startsWith('https:')
  return {
    url: new URL(url),
    signer: new Webhook(secret),
    request: isHttps ? https.request : http.request,
    agent: isHttps ? new RequestFilteringHttpsAgent(options) : new RequestFilteringHttpAgent(options),
  }
}

/**
 * Posts a message, signed by the rules of the Standard Webhooks. Resolves if the receiver accepts it with a status of 2xx.
 * Redirects aren't followed. Throws AttemptFailed.
 */
export async function postMessage(receiver: Receiver, message: Message): Promise<void> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const response = await post(receiver, message, deadline).catch((error) => {
    throw asFailure(error, deadline)
  })
  const answer = await readBeginning(response)
  if (!isAccepted(response)) throw new AttemptFailed(String(response.statusCode), { answer })
}

/** Cuts off the attempts that are being made. */
export function closeReceiver({ agent }: Receiver): void {
  agent.destroy()
}

function isAccepted({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300
}

function post(
  { url, signer, request, agent }: Receiver,
  { id, sentAt, body }: Message,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Nickel',
    'Webhook-Id': id,
    'Webhook-Timestamp': Math.floor(sentAt / 1_000),
    'Webhook-Signature': signer.sign(id, new Date(sentAt), body),
  }
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers, signal })
    call.on('error', reject) // not once: an answer that is cut off is an error as well, and would end the process
    call.once('response', resolve)
    call.end(body)
  })
}

/** Reads at most LARGEST_ANSWER bytes, as text that can be stored. What has arrived before a failure is enough. */
async function readBeginning(response: IncomingMessage): Promise<string | null> {
  let bytes = Buffer.alloc(0)
  try {
    for await (const chunk of response) {
      bytes = Buffer.concat([bytes, chunk as Buffer])
      if (bytes.length >= LARGEST_ANSWER) break // which closes the connection
    }
  } catch {
    // The status has arrived, and it decides.
  }
  const text = new TextDecoder().decode(bytes.subarray(0, LARGEST_ANSWER))
  return text.replace(CONTROL_CHARACTERS, ' ').trim() || null
}

function asFailure(cause: NodeJS.ErrnoException, deadline: AbortSignal): AttemptFailed {
  if (deadline.aborted) return new AttemptFailed('deadline', { cause })
  if (/ is not allowed\. Because/.test(cause.message)) return new AttemptFailed('private-address', { cause }) // the agent's errors have no code
  return new AttemptFailed(cause.code ?? 'failed', { cause })
}
