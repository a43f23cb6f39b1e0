// The texts of this page's scripts, which come with the page, in its language.

import type { Texts } from '../server/texts/index.ts'

/** Empty on a page whose scripts say nothing. */
export const texts: Texts['scripts'] = JSON.parse(document.querySelector('[data-texts]')?.textContent ?? '{}')

/** Puts values in the place of their names: `fill('from {from}', { from: '$1' })` → `from $1`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (name, key) => values[key] ?? name)
}
