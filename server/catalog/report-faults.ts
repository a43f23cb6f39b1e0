import type { Logger, Notices } from '../web/index.ts'

interface Reported {
  faults: readonly string[]
  log: Pick<Logger, 'error'>
  notices?: Notices
}

/** What faults mean for the shop. */
interface Effect {
  topic: 'catalogue' | 'identity' | 'coupons'
  /** Whether buyers miss something */
  alert: boolean
  words: string
}

export const NOT_FOR_SALE: Effect = {
  topic: 'catalogue',
  alert: true,
  words: 'this product is not for sale until its file is fixed',
}

export const STAYS_FOR_SALE: Effect = {
  topic: 'catalogue',
  alert: false,
  words: 'the last good version of this product stays for sale, if there is one',
}

export const STAYS_AS_IT_WAS: Effect = {
  topic: 'identity',
  alert: true,
  words: 'the shop’s name, look and pages stay as they were; the next start would fail',
}

export const COUPONS_STAY: Effect = {
  topic: 'coupons',
  alert: true,
  words: 'the coupons stay as they were; the next start would fail',
}

/** Logs each fault once, when it appears. In sandbox mode, every page shows all of them until they are fixed. */
export function reportFaults(
  { log, faults, notices }: Reported,
  before: readonly string[],
  { topic, alert, words }: Effect,
): void {
  for (const fault of faults.filter((each) => !before.includes(each)))
    log.error(alert ? { alert } : {}, `${words}: ${fault}`)
  if (faults.length > 0) notices?.set(topic, faults.join('\n'))
  else notices?.delete(topic)
}
