// What the scripts of this frame say, which comes with the page, in its language.

import type { FrameTexts } from '../../texts/index.ts'

export const said: FrameTexts['said'] = JSON.parse(
  document.querySelector('[data-texts]')?.textContent ?? '{}',
)

/** Writes a number with the digits and the grouping of the page's language. */
export function inDigits(n: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(n)
}

/** Puts values in the place of their names: `fill('Log in to {domain}', { domain: 'example.com' })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (name, key) => String(values[key] ?? name))
}
