import type { OpenPurchase, Window } from '../../db/index.ts'
import { kept } from '../kept.ts'
import { rightNow, startOf, writeDay } from '../local-days.ts'
import type { Language } from '../texts/index.ts'
import { type Clock, DAY_MS } from '../time.ts'

const REMEMBERED_FORMATS = 100 // a reader can ask for any of thousands
const REMINDED_DAYS = 3 // the last ones, today included

/** What of a shop says which day it is there. */
export type Timed = { clock: Clock; config: { timeZone: string } }

/** A local day, for `<time>`. */
interface ShownDay {
  day: string
  shown: string
}

/** When something is open that has an end. */
export interface ShownWindow {
  state: 'open' | 'waiting' | 'over'
  first: ShownDay
  last: ShownDay
  /** The instant after the last day, in ISO 8601 */
  endsAt: string
  zone: string
  /** A line for the last days */
  reminder: string | undefined
}

/** Shows a window in the shop's time zone: undefined for what has no end. */
export function showWindow(
  shop: Timed,
  window: Window | undefined,
  { locale, texts }: Language,
): ShownWindow | undefined {
  if (!window) return undefined
  const { fromDay, untilDay } = window
  const { timeZone } = shop.config
  const { today } = rightNow(shop)
  const state = today >= untilDay ? 'over' : today < fromDay ? 'waiting' : 'open'
  const left = untilDay - today
  return {
    state,
    first: showDay(fromDay, locale),
    last: showDay(untilDay - 1, locale),
    endsAt: new Date(startOf(untilDay, timeZone)).toISOString(),
    zone: timeZone,
    reminder: state === 'open' && left <= REMINDED_DAYS ? texts.window.endsSoon(left) : undefined,
  }
}

/** The same for what opens something now, together with the windows that follow it. */
export function showChain(
  shop: Timed,
  { window, openUntilDay }: OpenPurchase,
  language: Language,
): ShownWindow | undefined {
  return showWindow(shop, window && { ...window, untilDay: openUntilDay ?? window.untilDay }, language)
}

/** Shows the day on which a pass begins that its holder can't use yet; undefined for none. */
export function showBeginning({ config }: Timed, day: number | undefined, { locale }: Language) {
  return day === undefined ? undefined : { ...showDay(day, locale), zone: config.timeZone }
}

function showDay(day: number, locale: string): ShownDay {
  return { day: writeDay(day), shown: formatFor(locale).format(day * DAY_MS) }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A day has no instant; its beginning in UTC stands for it. */
function formatFor(locale: string): Intl.DateTimeFormat {
  const make = () =>
    new Intl.DateTimeFormat(locale, { calendar: 'gregory', dateStyle: 'long', timeZone: 'UTC' })
  return kept(formats, REMEMBERED_FORMATS, locale, make)
}
