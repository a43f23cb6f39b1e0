import type { Request } from 'express'
import { formatMoney, type Money } from '../../../money/index.ts'
import type { Shop } from '../../shop.ts'
import type { Language, Texts } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { languageOf } from '../../web/index.ts'

/** How the merchant reads: the words, the way of writing prices, and the time zone. */
export interface Reader extends Language {
  timeZone: string
  /** Whether all money is test money */
  sandboxed: boolean
}

export type Words = Texts['desk']['order']

export function readerOf({ config }: Shop, req: Request): Reader {
  return { ...languageOf(req), timeZone: config.timeZone, sandboxed: config.mode === 'sandbox' }
}

export function showMoney(money: Money, { locale }: Reader): string {
  return formatMoney(money, locale)
}

export function showTime(at: number, { timeZone }: Reader): ReturnType<typeof showAt> {
  return showAt(at, timeZone)
}

export function wordsOf({ texts }: Reader): Words {
  return texts.desk.order
}

/** Finds the words for a key that comes from elsewhere, which may be the name of anything. */
export function lookUp(words: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}
