const LONGEST = 60 // characters: enough to tell a JWS from a page of a gateway, and no more of a stranger's text
const NOT_PRINTABLE = /[^\x20-\x7e]/g

/** Returns the beginning of a stranger's text, with escapes for what isn't printable ASCII. */
export function excerpt(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(NOT_PRINTABLE, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
