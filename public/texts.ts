// The texts of this page's scripts, which come with the page, in its language.

import type { Texts } from '../server/texts/index.ts'

/** Empty on a page whose scripts say nothing. */
export const texts: Texts['scripts'] = JSON.parse(document.querySelector('[data-texts]')?.textContent ?? '{}')

/** Puts values in the place of their names: `fill('from {from}', { from: '$1' })` → `from $1`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (name, key) => values[key] ?? name)
}

/** Writes a number with the digits and the grouping of the page's language. */
export function inDigits(n: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(n)
}

/** Returns the form of a text that fits a number, by the plural rules of the page's language. */
export function formOf(
  forms: { [category in Intl.LDMLPluralRule]?: string } & { other: string },
  n: number,
): string {
  return forms[new Intl.PluralRules(document.documentElement.lang).select(n)] ?? forms.other
}
