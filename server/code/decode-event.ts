import type { VerifiedEvent } from '../../db/index.ts'
import { parseSigned } from './strict-jws.ts'
import { readClaims } from './verify-event.ts'

const MOST_INDENTED = 100 // objects and lists; Code's payloads are one object, and deep ones would become megabytes

/** What a token says, for people: its header and payload as JSON text, and its claims as they could be read. */
export interface DecodedEvent {
  header: string
  payload: string
  claims: VerifiedEvent
}

/** Decodes a stored token, which was verified when it was delivered. Nothing may be paid because of what this returns. */
export function decodeEvent(jws: string): DecodedEvent {
  const [header, payload] = jws.split('.', 2).map((part) => Buffer.from(part, 'base64url'))
  if (!header || !payload) throw new TypeError('A stored event is not a token')
  return { header: show(header), payload: show(payload), claims: readClaims(jws, parseSigned(payload)) }
}

/** Indents JSON, unless that would change what it says: a number with more digits than JavaScript keeps, for example. */
function show(bytes: Buffer): string {
  const text = bytes.toString()
  if (text.split(/[[{]/).length > MOST_INDENTED) return text
  const value = parseSigned(bytes)
  return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text
}
