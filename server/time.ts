import { kept } from './kept.ts'

/** Where the time comes from: an argument, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970 UTC */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** How somebody reads times: `locale` is a BCP 47 tag, `timeZone` an IANA name. */
interface Reader {
  locale: string
  timeZone: string
}

/**
 * For `<time>` on buyers' pages: ISO 8601 for machines, and for people the minute in the shop's time zone, which is named, and
 * in UTC unless that is the same.
 */
export function showInstant(
  at: number,
  { locale, timeZone }: Reader,
): { iso: string; shown: string; utc: string | undefined } {
  const shown = formatMinute(at, { locale, timeZone })
  const utc = timeZone === 'UTC' ? shown : formatMinute(at, { locale, timeZone: 'UTC' })
  return { iso: new Date(at).toISOString(), shown, utc: utc === shown ? undefined : utc }
}

/**
 * For `<time>` on the merchant's desk: ISO 8601 for machines, and for people the second in the shop's time zone and in UTC.
 * `timeZone`: an IANA name.
 */
export function showAt(at: number, timeZone: string): { iso: string; shown: string; utc: string } {
  const locale = 'en-GB'
  return {
    iso: new Date(at).toISOString(),
    shown: format(at, { locale, timeZone }, TO_THE_SECOND),
    utc: `${format(at, { locale, timeZone: 'UTC' }, TO_THE_SECOND)} UTC`,
  }
}

const TO_THE_SECOND = { dateStyle: 'medium', timeStyle: 'medium' } as const
const TO_THE_MINUTE = {
  calendar: 'gregory', // as accounts are kept
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

const MINUTES_KEPT = 1_000 // a buyer who reads on sees the same time on each page, and writing it takes as long as the gate
const minutes = new Map<string, string>()

function formatMinute(at: number, { locale, timeZone }: Reader): string {
  const key = `${Math.floor(at / MINUTE_MS)} ${locale} ${timeZone}`
  return kept(minutes, MINUTES_KEPT, key, () => format(at, { locale, timeZone }, TO_THE_MINUTE))
}

const FORMATS_KEPT = 100 // making one takes longer than using it, and a stranger may ask for any language
const formats = new Map<string, Intl.DateTimeFormat>()

function format(at: number, { locale, timeZone }: Reader, form: Intl.DateTimeFormatOptions): string {
  const key = `${form === TO_THE_MINUTE} ${locale} ${timeZone}`
  const made = kept(formats, FORMATS_KEPT, key, () => new Intl.DateTimeFormat(locale, { ...form, timeZone }))
  return made.format(at)
}
