import { lookup, resolve4, resolve6 } from 'node:dns/promises'
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'

/** How the checks reach other hosts. Tests lead a host to a server of their own. */
export interface Network {
  /** Returns the IP addresses of a host name. Rejects if there are none. */
  resolve(host: string): Promise<string[]>
  /** The same from name servers alone, as others get them: without this machine's own list of names */
  resolveByDns?(host: string): Promise<string[]>
  /** Where to connect for an origin, if not to its own host and port */
  connectTo?(origin: string): { host: string; port: number } | undefined
  /** Certificates to trust besides those that Node trusts, in PEM */
  ca?: string
}

export const internet: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  async resolveByDns(host) {
    const found = await Promise.allSettled([resolve4(host), resolve6(host)])
    return found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  },
}

export interface Question {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  deadlineMs?: number
  signal?: AbortSignal
  /** Whether any certificate will do. Then nothing of the answer may be relied upon. */
  isUnverified?: boolean
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** From the first byte sent until the last one received, connecting included */
  ms: number
}

const DEADLINE_MS = 5_000
const LARGEST_ANSWER = 1024 * 1024

/** No answer, or not a whole one. The message says why, in a few words. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** The system's name for what went wrong, if it has one */
  get code(): string | undefined {
    return (this.cause as NodeJS.ErrnoException | undefined)?.code
  }
  /** Whether a certificate isn't valid now, by this machine's clock */
  get isUntimely(): boolean {
    return /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(this.code ?? '')
  }
}

/**
 * Sends one request on a connection of its own, and reads the answer. Redirects aren't followed. Throws NoAnswer. The certificate
 * must be valid, as for Code and for buyers, unless the question says otherwise.
 */
function ask(network: Network, address: string, question: Question = {}): Promise<Answer> {
  const url = new URL(address)
  const { method = 'GET', headers = {}, body, deadlineMs = DEADLINE_MS, signal } = question
  const beganAt = performance.now()
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      ...connectionTo(network, url),
      ...(question.isUnverified && { rejectUnauthorized: false }),
      method,
      agent: false,
      headers: {
        Host: url.host,
        ...headers,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
      },
      ...(signal && { signal }),
    })
    const deadline = setTimeout(() => request.destroy(new NoAnswer(silent(deadlineMs))), deadlineMs)
    const fail = (error: Error) => reject(asNoAnswer(error))
    request.once('close', () => clearTimeout(deadline))
    request.once('error', fail)
    request.once('response', (response) => {
      read(response).then((received) => {
        const { statusCode = 0, headers } = response
        resolve({ status: statusCode, headers, body: received, ms: performance.now() - beganAt })
      }, fail)
    })
    request.end(body)
  })
}

/** Returns the options of a connection to a URL's host. The host's own name stays in `Host` and in the certificate's check. */
function connectionTo({ connectTo, ca }: Network, url: URL) {
  const other = connectTo?.(url.origin)
  const name = url.hostname.replace(/^\[|\]$/g, '')
  return {
    ...(other && { host: other.host, hostname: other.host, port: other.port }),
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca !== undefined && { ca }),
  }
}

/** The same for a connection whose certificate is looked at. */
export function tlsOptions(network: Network, url: URL) {
  const { host, port, servername, ca } = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 443),
    servername: undefined,
    ca: undefined,
    ...connectionTo(network, url),
  }
  return { host, port, ...(servername !== undefined && { servername }), ...(ca !== undefined && { ca }) }
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    if (length > LARGEST_ANSWER) throw new NoAnswer(`it answered with more than ${LARGEST_ANSWER} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function silent(ms: number): string {
  return `it did not answer within ${ms / 1_000} s`
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'its name is not known (DNS)',
  EAI_AGAIN: 'its name could not be looked up (DNS); this machine may have no network',
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'it cut the connection',
  ETIMEDOUT: 'it did not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'this machine has no network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody whom this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes without the ones between it and the authority',
}

/** Says in a few words why a host gave no answer. */
export function asNoAnswer(error: Error): NoAnswer {
  if (error instanceof NoAnswer) return error
  if (error.name === 'AbortError') return new NoAnswer('the checks took too long', { cause: error })
  const { code = '', message } = error as NodeJS.ErrnoException
  return new NoAnswer(REASONS[code] ?? (message || code), { cause: error })
}

/** Asks, and returns NoAnswer instead of throwing it. */
export function askOrFail(
  network: Network,
  address: string,
  question: Question = {},
): Promise<Answer | NoAnswer> {
  return ask(network, address, question).catch((error) => asNoAnswer(error))
}
