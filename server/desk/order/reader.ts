import type { Request } from 'express'
import { formatMoney, type Money } from '../../../money/index.ts'
import { rightNow } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import type { Language, Texts } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { languageOf } from '../../web/index.ts'

/** How the merchant reads: the words, the way of writing prices, and the time zone. */
export interface Reader extends Language {
  timeZone: string
  /** The shop's local day, as days since 1970 */
  today: number
  /** Whether all money is test money */
  sandboxed: boolean
}

export type Words = Texts['desk']['order']

export function readerOf(shop: Shop, req: Request): Reader {
  const { timeZone, mode } = shop.config
  return { ...languageOf(req), timeZone, today: rightNow(shop).today, sandboxed: mode === 'sandbox' }
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
