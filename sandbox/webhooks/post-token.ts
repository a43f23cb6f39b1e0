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
    await response.body?.cancel()
    hop = next
  }
  return noAnswer(`more than ${MOST_REDIRECTS} redirects`)
}

function send({ method, url }: Hop, token: string, signal: AbortSignal): Promise<Response> {
  if (method === 'GET') return fetch(url, { redirect: 'manual', signal })
  const headers = { 'Content-Type': 'application/jwt' }
  return fetch(url, { method, headers, body: token, redirect: 'manual', signal })
}

function follow({ method, url }: Hop, { status, headers }: Response): Hop | undefined {
  const location = headers.get('Location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined
  return { method: status === 307 || status === 308 ? method : 'GET', url: new URL(location, url) }
}

async function describe(response: Response, hop: Hop | undefined): Promise<Answer> {
  return {
    status: response.status,
    answer: await readBeginning(response),
    answeredBy: hop ? `${hop.method} ${hop.url.href}` : null,
  }
}

/** Reads the start of a body. The status is already the answer, so a body that breaks off or never ends is fine. */
async function readBeginning({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body ?? []) {
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

/** Returns why a request failed. `fetch` puts connection errors into `cause`, with an empty message for several addresses. */
function failureOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } }
  return cause?.message || cause?.code || message
}
