import type { Request } from 'express'
import { en, type Language } from '../texts/index.ts'

// Language, script, region. No extensions: they could select other digits, or the rules of another currency.
const TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i
const MAX_TAGS = 8 // a browser sends a handful

/** Returns how this visitor reads. There is one language of words so far; prices and dates have many. */
export function languageOf(req: Request): Language {
  return { texts: en, locale: localeOf(req) }
}

/**
 * Returns the language that the browser prefers among those that Intl can format for, as a BCP 47 tag; `en` if there is
 * none. Only for what is formatted, such as prices: the words of the pages are English.
 */
export function localeOf(req: Request): string {
  const tags = req.acceptsLanguages().slice(0, MAX_TAGS)
  const [locale] = Intl.NumberFormat.supportedLocalesOf(tags.filter((tag) => TAG.test(tag)))
  return locale ?? 'en'
}
