import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET = /^[0-9a-f]{32}$/

/** Makes a secret of 128 random bits, in hex. */
export function newSecret(): string {
  return randomBytes(16).toString('hex')
}

/** Returns the text if it is written as a secret is. */
export function asSecret(text: string | undefined): string | undefined {
  return text !== undefined && SECRET.test(text) ? text : undefined
}

/** Returns the SHA-256 in hex, by which the database knows secrets, and what is long. */
export function sha256(text: string | Buffer): string {
  return hash('sha256', text)
}

/** Returns the keyed hash of a text, in hex. */
export function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** Compares two secrets in a time that depends on neither. A missing one is like no other. */
export function isSameSecret(given: string | undefined, secret: string | undefined): boolean {
  if (given === undefined || secret === undefined) return false
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', secret, 'buffer'))
}
