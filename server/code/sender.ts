import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { Common } from '@code-wallet/rpc'
import { ShopError } from '../errors.ts'

export const CALL_DEADLINE_MS = 2_500 // polling older orders, creating and registering stay below ten seconds
const LARGEST_ANSWER = 64 * 1024 // Code's have about a hundred bytes
const KEPT_MS = 2_000 // shorter than servers keep a connection: one that ends as it is used would fail an order

const HEADERS = { 'Content-Type': 'application/octet-stream', 'User-Agent': 'node' } // as the SDK's are
const keptOpen = { keepAlive: true, timeout: KEPT_MS }
const HTTP = { request: http.request, agent: new http.Agent(keptOpen) }
const HTTPS = { request: https.request, agent: new https.Agent(keptOpen) }

class Silence extends Error {
  override readonly name = 'Silence'
}

/** The sequencer understood the request and rejected it; `message` is its reason, in its own words. */
export class SequencerRefusal extends Error {
  override readonly name = 'SequencerRefusal'
}

/**
 * Sends one request envelope and returns the answer's. The SDK's own sender has no deadline, and doesn't look at the
 * envelope's result: an ERROR with an empty body would decode as OK.
 * Throws SequencerRefusal, ShopError sequencer-silent or sequencer-failed.
 */
export async function sendEnvelope(endpoint: string, payload: Uint8Array): Promise<Common.Response> {
  const envelope = await exchange(`${endpoint}/api/`, payload)
  if (envelope.result !== Common.Response_Result.OK) throw new SequencerRefusal(reasonIn(envelope))
  return envelope
}

/** Returns the reason that a rejection gives. */
export function reasonIn({ message }: Common.Response): string {
  return message || 'no reason given'
}

async function exchange(url: string, body: Uint8Array): Promise<Common.Response> {
  try {
    return Common.Response.fromBinary(await post(new URL(url), body))
  } catch (cause) {
    throw asFailure(cause as Error)
  }
}

/** Uses `node:http`, since `fetch` and its streams cost the processor more for an order. */
function post(url: URL, body: Uint8Array): Promise<Buffer> {
  const { request, agent } = url.protocol === 'https:' ? HTTPS : HTTP
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: 'POST',
      agent,
      headers: { ...HEADERS, 'Content-Length': body.length },
    })
    const deadline = setTimeout(() => call.destroy(new Silence()), CALL_DEADLINE_MS)
    call.once('close', () => clearTimeout(deadline))
    call.once('error', reject)
    call.once('response', (response) => readAnswer(response).then(resolve, reject))
    call.end(body)
  })
}

/** Whether an HTTP status is one of those with which Code answers. Redirects aren't followed. */
export function isAnswer(status = 0): boolean {
  return status >= 200 && status < 300
}

/** Reads the answer's body. */
function readAnswer(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    const { statusCode } = response
    if (!isAnswer(statusCode)) response.destroy(new Error(`HTTP status ${statusCode}`))
    response.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= LARGEST_ANSWER) chunks.push(chunk)
      else response.destroy(new Error(`an answer of more than ${LARGEST_ANSWER} bytes`))
    })
    response.once('end', () => resolve(Buffer.concat(chunks)))
    response.once('error', reject)
  })
}

/** Turns a transport or decoding failure into a ShopError. */
export function asFailure(cause: Error): ShopError {
  if (cause instanceof Silence) {
    return new ShopError('sequencer-silent', ({ codeSilent }) => codeSilent(CALL_DEADLINE_MS), {
      cause,
    })
  }
  return new ShopError('sequencer-failed', ({ codeBroken }) => codeBroken(), { cause })
}
