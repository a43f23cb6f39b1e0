import { parseCookie, stringifySetCookie } from 'cookie'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Config } from '../config/index.ts'
import {
  en,
  isLanguage,
  LANGUAGES,
  type Language,
  type LanguageCode,
  loadTexts,
  type Texts,
} from '../texts/index.ts'
import { isHttps, LONGEST_COOKIE_LIFE_S } from './cookies.ts'
import { asDataBlock } from './data-block.ts'

// Language, script, region. What follows is left out: extensions could select other digits, or the rules of another currency.
const TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(?=-|$)/i
const COUNTRY = /^[a-z]{2}$/i // and not several, such as Latin America in es-419
const MAX_TAGS = 8 // for Intl, which takes a while for each; the first that it knows counts
const COOKIE = 'language'
const REMEMBERED = 500 // ways in which readers ask for a language
const LONGEST_REMEMBERED = 200 // characters of such a way

const ENGLISH: Language = { code: 'en', texts: en, locale: 'en' }

/**
 * Chooses each visitor's language before anything is rendered: the one that they chose on a page, the one that their browser
 * asks for, or the one that `byDefault` returns, the shop's own. A language is loaded with its first reader.
 */
export function readLanguages(byDefault: () => string | undefined): RequestHandler {
  const known = new Map<string, Language>()
  return (req, res, next) => {
    const chosen = chosenBy(req)
    const shops = byDefault()
    const way = [chosen, shops, req.headers['accept-language']].join('\n')
    const language = known.get(way)
    if (language) {
      res.locals.language = language
      return next()
    }
    return chooseLanguage(req, chosen, shops).then((found) => {
      res.locals.language = found
      if (way.length <= LONGEST_REMEMBERED) remember(known, way, found)
      next()
    }, next)
  }
}

/** For routes before `read`: has their errors explained in the reader's language, which their other answers don't need. */
export function readLanguageOfErrors(read: RequestHandler): ErrorRequestHandler {
  return (error, req, res, next) => read(req, res, (fault) => next(fault ?? error))
}

function remember(known: Map<string, Language>, way: string, language: Language): void {
  if (known.size === REMEMBERED) known.clear()
  known.set(way, language)
}

/** Returns how this visitor reads. */
export function languageOf(req: Request): Language {
  return (req.res as Response | undefined)?.locals.language ?? ENGLISH
}

/** Answers this request in English, amounts and dates included, whatever its reader prefers. */
export function speakEnglish(res: Response): void {
  res.locals.language = ENGLISH
}

/** Remembers the language that a visitor has chosen. It is no secret, and says nothing about who they are. */
export function keepLanguage(config: Pick<Config, 'publicUrl'>, res: Response, code: LanguageCode): void {
  const cookie = { name: COOKIE, value: code, path: '/', sameSite: 'lax', secure: isHttps(config) } as const
  res.appendHeader(
    'Set-Cookie',
    stringifySetCookie({ ...cookie, httpOnly: true, maxAge: LONGEST_COOKIE_LIFE_S }),
  )
}

/** Lets caches keep a page that is the same for everybody who reads alike, as long as they ask each time whether it still is. */
export function shareWithReaders(res: Response): void {
  res.vary('Accept-Language').vary('Cookie').set('Cache-Control', 'public, no-cache')
}

const spoken = new WeakMap<Texts, object>()

/** What a template needs in order to speak a language, for `views.render`. */
export function inWords({ code, texts }: Language): object {
  const words = spoken.get(texts) ?? {
    texts,
    language: code,
    languages: LANGUAGES,
    scriptTextsHtml: asDataBlock('type="application/json" data-texts', texts.scripts),
  }
  spoken.set(texts, words)
  return words
}

function chosenBy(req: Request): LanguageCode | undefined {
  if (!req.headers.cookie?.includes(COOKIE)) return undefined
  const code = parseCookie(req.headers.cookie)[COOKIE]
  return code !== undefined && isLanguage(code) ? code : undefined
}

async function chooseLanguage(
  req: Request,
  chosen: LanguageCode | undefined,
  shops: string | undefined,
): Promise<Language> {
  const tags = req.acceptsLanguages().flatMap((tag) => TAG.exec(tag)?.[0] ?? [])
  const code = chosen ?? [...tags, shops ?? ''].map(primaryOf).find(isLanguage) ?? 'en'
  const own = ownLocale(firstSupported(tags), chosen, shops)
  return {
    code,
    texts: await loadTexts(code),
    locale: inDigitsOfTexts(chooseLocale(code, own, chosen !== undefined)),
  }
}

/**
 * Returns the tag of a reader's own language. Search engines, link previews and some browsers name no country: then it is the
 * shop's if they read its language in its script, or say nothing. The language alone would mean its largest country.
 */
function ownLocale(
  first: string | undefined,
  chosen: LanguageCode | undefined,
  shops: string | undefined,
): string | undefined {
  const [home] = shops === undefined ? [] : Intl.NumberFormat.supportedLocalesOf(shops)
  if (home === undefined || first === undefined) return first ?? home
  const there = new Intl.Locale(home).maximize()
  const { language, script = there.script, region = '' } = new Intl.Locale(first)
  const isRead = chosen === there.language || (language === there.language && script === there.script)
  return isRead && !COUNTRY.test(region) ? home : first
}

/**
 * A reader of a language that the shop doesn't speak still reads prices and dates in their own. Those who have chosen another
 * language stay in their country, whose currency is offered first.
 */
function chooseLocale(code: LanguageCode, own: string | undefined, isChosen: boolean): string {
  if (own === undefined) return code
  if (!isChosen || primaryOf(own) === code) return own
  const { region } = new Intl.Locale(own).maximize()
  return region === undefined ? code : `${code}-${region}`
}

function primaryOf(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? ''
}

/** Returns the first of a browser's BCP 47 tags that Intl can format for. */
function firstSupported(tags: string[]): string | undefined {
  if (tags.length === 0) return undefined // without loading ICU's data
  return Intl.NumberFormat.supportedLocalesOf(tags.slice(0, MAX_TAGS))[0]
}

/** An amount has the digits of the words around it: Arabic is written with 0 to 9 here, also for a reader in Egypt. */
function inDigitsOfTexts(tag: string): string {
  const code = primaryOf(tag)
  if (!isLanguage(code) || digitsOf(tag) === digitsOf(code)) return tag
  return `${tag}-u-nu-${digitsOf(code)}`
}

function digitsOf(tag: string): string {
  return new Intl.NumberFormat(tag).resolvedOptions().numberingSystem
}
