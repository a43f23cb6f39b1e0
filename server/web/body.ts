import type { IncomingMessage } from 'node:http'
import { ShopError } from '../errors.ts'
import { parseStrictJson } from './strict-json.ts'

/** What a route takes: the largest body in bytes, and its media types. */
export interface Expected {
  largest: number
  types: readonly string[]
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/**
 * The whole body of a request, never inflated. A body that is too large is refused as soon as that is known, not when
 * it has ended. Throws media-type-unsupported, body-too-large, or request-invalid when it is cut off.
 */
export async function readBody(req: IncomingMessage, { largest, types }: Expected): Promise<Buffer> {
  assertTakeable(req, types)
  if (Number(req.headers['content-length'] ?? 0) > largest) throw tooLarge(largest)
  return collect(req, largest)
}

/** A small JSON object or, where `orForm` says so, a form with the same fields. Throws what readBody throws, and request-invalid. */
export async function readFields(req: IncomingMessage, largest: number, orForm = false): Promise<unknown> {
  const body = await readBody(req, { largest, types: orForm ? [JSON_TYPE, FORM_TYPE] : [JSON_TYPE] })
  try {
    return typeOf(req) === JSON_TYPE ? parseStrictJson(body) : parseForm(body)
  } catch (cause) {
    throw new ShopError('request-invalid', `The body is not ${typeOf(req)}: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function assertTakeable(req: IncomingMessage, types: readonly string[]): void {
  const encoding = req.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    throw new ShopError(
      'media-type-unsupported',
      `The body came with Content-Encoding ${encoding}; it must be uncompressed`,
    )
  }
  if (!types.includes(typeOf(req)) || !isUtf8(req)) {
    throw new ShopError(
      'media-type-unsupported',
      `This address takes ${types.join(' or ')}, in UTF-8; this came as ${req.headers['content-type'] ?? 'no type at all'}`,
    )
  }
}

/** By the header alone: `req.is` says no to a body that is empty, and that is another mistake. */
function typeOf(req: IncomingMessage): string {
  return req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function isUtf8(req: IncomingMessage): boolean {
  const [, charset = 'utf-8'] = /;\s*charset=["']?([^"';\s]*)/i.exec(req.headers['content-type'] ?? '') ?? []
  return /^(utf-?8|us-ascii)$/i.test(charset)
}

function tooLarge(largest: number): ShopError {
  return new ShopError('body-too-large', `This address takes at most ${largest} bytes`)
}

/** By events: to leave a loop over the stream would cut the connection, and with it the answer. What is too much flows by unread. */
function collect(req: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= largest) chunks.push(chunk)
      else reject(tooLarge(largest))
    })
    req.once('end', () => resolve(Buffer.concat(chunks)))
    req.once('error', () => reject(new ShopError('request-invalid', 'The request ended before its body')))
  })
}

function parseForm(body: Buffer): unknown {
  const fields = new URLSearchParams(body.toString())
  const values = Object.fromEntries(fields)
  if (fields.size !== Object.keys(values).length) throw new SyntaxError('a field stands twice')
  return values
}
