/** Returns how many there are of something, for the sentences of commands: `1 order`, `1,200 orders`. */
export function countOf(number: number | undefined, what: string): string {
  return `${(number ?? 0).toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}
