/** Returns how many there are of something, for the sentences of commands: `1 order`, `1,200 orders`. */
export function countOf(number: number | undefined, what: string): string {
  return `${(number ?? 0).toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}

/** Returns how many characters a text has. Its `length` counts those beyond U+FFFF twice, such as emoji. */
export function countCharacters(text: string): number {
  return [...text].length
}
