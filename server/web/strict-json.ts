// Keeps a byte order mark and throws at invalid UTF-8: neither is JSON (RFC 8259, section 8.1).
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const STRING_OR_NAME = /"(?:[^"\\]|\\.)*"(\s*:)?/g // in valid JSON, a string before a colon is a name

/**
 * Reads JSON that every parser reads alike. If a name occurs twice in one object, most parsers keep the last value and
 * some the first (RFC 8259, section 4), so that is rejected. Throws SyntaxError, TypeError or RangeError.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = utf8.decode(bytes)
  const value: unknown = JSON.parse(text)
  if (countNames(value) !== countNamesWritten(text))
    throw new SyntaxError('a name occurs twice in one object')
  return value
}

function countNamesWritten(text: string): number {
  let names = 0
  for (const [, colon] of text.matchAll(STRING_OR_NAME)) if (colon) names++
  return names
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let names = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) names += countNames(inner)
  return names
}
