import { en } from './en.ts'
import { loadPlurals } from './plural.ts'
import type { Texts } from './types.ts'

export type { Texts } from './types.ts'

/** The languages that buyers can read the shop in, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español', ar: 'العربية' } as const

/** As in BCP 47. */
export type LanguageCode = keyof typeof LANGUAGES

/** How a visitor reads: the words of the pages, and the BCP 47 tag by which prices and dates are formatted. */
export interface Language {
  code: LanguageCode
  texts: Texts
  locale: string
}

/** Returns what exactly was wrong, in the language of the given texts. */
export type Detail = (errors: Texts['errors']) => string

export { en }

const translations = {
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  ar: () => import('./ar.ts'),
}

/** Loads the texts of a language. None but English takes memory before somebody reads it. */
export async function loadTexts(code: LanguageCode): Promise<Texts> {
  await loadPlurals()
  if (code === 'en') return en
  const { texts } = await translations[code]()
  return {
    ...en,
    ...texts,
    errors: { ...en.errors, ...texts.errors },
    problems: { ...en.problems, ...texts.problems },
  }
}

export function isLanguage(code: string): code is LanguageCode {
  return Object.keys(LANGUAGES).includes(code)
}
