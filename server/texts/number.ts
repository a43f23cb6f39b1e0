import { once } from '../once.ts'

/** Writes a number with the digits and the grouping of a language, as `#` in a message of plural.ts does. */
export function numberIn(language: string): (n: number) => string {
  const format = once(() => new Intl.NumberFormat(language)) // made when it is needed: see plural.ts
  return (n) => format().format(n)
}
