import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { request as requestSecurely } from 'node:https'

/** How long the receiver of a webhook has for its answer, redirects included. Code gives up then. */
export const SEND_LIMIT_MS = 3_000
const MOST_REDIRECTS = 10
const ANSWER_SHOWN_BYTES = 300

export interface Answer {
  /** null if there was no answer */
  status: number | null
  /** Its first characters, or why there was no answer */
  answer: string
  /** The method and address that answered, if the request was redirected */
  answeredBy: string | null
}

/** Where webhooks may be sent, and what ends those that are being sent. */
export interface Policy {
  allows(url: URL): boolean
  signal: AbortSignal
}

interface Target {
  url: string
  token: string
  method?: Hop['method']
}

interface Hop {
  method: 'POST' | 'GET'
  url: URL
}

/**
 * Posts one JWS the way Code does. Redirects are followed: 307 and 308 keep method and body, the others turn the
 * request into a GET without a body, whose 200 counts as success although the event is lost. Never throws.
 */
export async function postToken(target: Target, { allows, signal }: Policy): Promise<Answer> {
  const late = new AbortController()
  const limit = setTimeout(() => late.abort(new Error('no answer within 3 s')), SEND_LIMIT_MS)
  try {
    return await exchange(target, { allows, signal: AbortSignal.any([signal, late.signal]) })
  } catch (error) {
    return noAnswer(failureOf(error))
  } finally {
    clearTimeout(limit)
  }
}

async function exchange(
  { url, token, method = 'POST' }: Target,
  { allows, signal }: Policy,
): Promise<Answer> {
  let hop: Hop = { method, url: new URL(url) }
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (!allows(hop.url)) return noAnswer(`this sandbox must not send webhooks to ${hop.url.href}`)
    const response = await send(hop, token, signal)
    const next = follow(hop, response)
    if (!next) return describe(response, hops > 0 ? hop : undefined)
    response.destroy()
    hop = next
  }
  return noAnswer(`more than ${MOST_REDIRECTS} redirects`)
}

/** Doesn't use `fetch`, which refuses to connect to some ports, such as 6000. Code has no such list. */
async function send({ method, url }: Hop, token: string, signal: AbortSignal): Promise<IncomingMessage> {
  const start = url.protocol === 'https:' ? requestSecurely : request
  const isPost = method === 'POST'
  const headers = isPost ? { 'Content-Type': 'application/jwt', 'Content-Length': token.length } : {}
  const sent = start(url, { method, headers, agent: false, signal }).end(isPost ? token : undefined)
  sent.on('error', () => undefined) // after the response, `once` listens to none, and the body ends early
  const [response] = await once(sent, 'response', { signal }) // also where the request just closes, as on a 101
  return response
}

function follow({ method, url }: Hop, { statusCode = 0, headers }: IncomingMessage): Hop | undefined {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined
  return { method: statusCode === 307 || statusCode === 308 ? method : 'GET', url: new URL(location, url) }
}

async function describe(response: IncomingMessage, hop: Hop | undefined): Promise<Answer> {
  return {
    status: response.statusCode ?? null,
    answer: await readBeginning(response),
    answeredBy: hop ? `${hop.method} ${hop.url.href}` : null,
  }
}

/** Reads the start of a body. The status is already the answer, so a body that breaks off or never ends is fine. */
async function readBeginning(body: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= ANSWER_SHOWN_BYTES) break
    }
  } catch {
    // show what has arrived
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_SHOWN_BYTES).toString()
}

export function noAnswer(reason: string): Answer {
  return { status: null, answer: reason, answeredBy: null }
}

/** Returns why a request failed. One that was ended has the reason as `cause`; one that tried several addresses has an empty message. */
function failureOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } }
  return cause?.message || cause?.code || message
}
