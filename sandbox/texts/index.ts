import type { Request } from 'express'
import { en, frames as english } from './en.ts'
import type { FrameTexts, WalletTexts } from './types.ts'

export type { FrameTexts, WalletTexts } from './types.ts'
export { en }

export const LANGUAGES = ['en', 'de', 'es', 'ar'] as const

export type LanguageCode = (typeof LANGUAGES)[number]

const files = {
  en: async () => ({ frames: english, wallet: en }),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  ar: () => import('./ar.ts'),
}

/** Loads the texts of the frames. None but English takes memory before somebody reads it. */
export async function loadFrameTexts(code: LanguageCode): Promise<FrameTexts> {
  return (await files[code]()).frames
}

/** Loads the texts of the wallet's page. */
export async function loadWalletTexts(code: LanguageCode): Promise<WalletTexts> {
  return (await files[code]()).wallet
}

const CHOSEN = new RegExp(`(?:^|; )language=(${LANGUAGES.join('|')})(?:;|$)`)

// Language, script, region, as in server/web/language.ts
const TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(?=-|$)/i
const COUNTRY = /^[a-z]{2}$/i // and not several, such as Latin America in es-419
const MAX_TAGS = 8 // for Intl, which takes a while for each; the first that it knows counts

/** How a visitor reads. */
export interface Reader {
  code: LanguageCode
  /** The tag by which amounts are formatted, also where the words are English */
  locale: string
}

/**
 * Returns how a visitor reads, by the rules of docs/languages.md: as they have chosen at a shop that has this sandbox inside, as
 * their browser asks, or in the shop's own language.
 */
export function readerOf(req: Request, shops: string | undefined): Reader {
  const chosen = CHOSEN.exec(req.headers.cookie ?? '')?.[1] as LanguageCode | undefined
  const tags = req.acceptsLanguages().flatMap((tag) => TAG.exec(tag)?.[0] ?? [])
  const code = chosen ?? [...tags, shops ?? ''].map(primaryOf).find(isLanguage) ?? 'en'
  return { code, locale: localeOf(ownLocale(tags, chosen, shops), code, chosen !== undefined) }
}

function primaryOf(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? ''
}

function isLanguage(code: string): code is LanguageCode {
  return (LANGUAGES as readonly string[]).includes(code)
}

/** Returns the tag of a reader's own language: the shop's, if they name no country, and read its language or name none. */
function ownLocale(
  tags: string[],
  chosen: LanguageCode | undefined,
  shops: string | undefined,
): string | undefined {
  const [first] = supported(tags.slice(0, MAX_TAGS))
  const [home] = supported(shops === undefined ? [] : [shops])
  if (home === undefined || first === undefined) return first ?? home
  const there = new Intl.Locale(home).maximize()
  const { language, script = there.script, region = '' } = new Intl.Locale(first)
  const isRead = chosen === there.language || (language === there.language && script === there.script)
  return isRead && !COUNTRY.test(region) ? home : first
}

function supported(tags: string[]): string[] {
  return Intl.NumberFormat.supportedLocalesOf(tags)
}

/** An amount has the digits of the words around it. A reader of an unknown language reads amounts in their own. */
function localeOf(own: string | undefined, code: LanguageCode, isChosen: boolean): string {
  if (own === undefined) return code
  const { language, region } = new Intl.Locale(own).maximize()
  if (!isChosen && language !== code) return own
  const { numberingSystem } = new Intl.NumberFormat(code).resolvedOptions()
  return new Intl.Locale(code, { ...(region && { region }), numberingSystem }).toString()
}
