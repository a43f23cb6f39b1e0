import { ShopError } from '../errors.ts'
import { parseStrictJson } from '../web/index.ts'

const ED25519_SIGNATURE_LENGTH = 86 // 64 bytes in base64url
const COMPACT_JWS = new RegExp(`^[\\w-]+\\.[\\w-]+\\.[\\w-]{${ED25519_SIGNATURE_LENGTH}}$`)
const CODES_HEADER = Buffer.from('{"alg":"EdDSA","typ":"JWT"}').toString('base64url')
const EXTENSIONS = ['crit', 'b64'] // RFC 7515, section 4.1.11, and RFC 7797: they change what was signed

/**
 * Throws event-malformed unless the token is one compact JWS in canonical base64url. jose also accepts padding, white
 * space and non-canonical base64; Code sends none of these, so a token that has them isn't Code's.
 */
export function assertCompactJws(token: string): void {
  if (!COMPACT_JWS.test(token) || !token.split('.').every(isCanonical)) throw malformed()
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

/** Throws event-malformed for a header that asks for extensions. */
export function assertPlainHeader(token: string): void {
  const part = token.slice(0, token.indexOf('.'))
  if (part === CODES_HEADER) return
  const header = parseSigned(Buffer.from(part, 'base64url')) as object
  if (EXTENSIONS.some((name) => Object.hasOwn(header, name)))
    throw new ShopError('event-malformed', ({ jwsExtensions }) => jwsExtensions(EXTENSIONS))
}

/** Parses a header or payload. Code sends neither with a name twice: what can be read in two ways pays nothing. */
export function parseSigned(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(bytes)
  } catch (cause) {
    throw new ShopError('event-malformed', ({ jwsAmbiguous }) => jwsAmbiguous(), { cause })
  }
}

export function malformed(cause?: unknown): ShopError {
  return new ShopError('event-malformed', ({ notOneJws }) => notOneJws(), { cause })
}
