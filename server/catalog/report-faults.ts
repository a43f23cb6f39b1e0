import { type Logger, type Notices, noticeOf } from '../web/index.ts'

interface Reported {
  faults: readonly string[]
  log: Pick<Logger, 'error'>
  notices?: Notices
}

/** What a fault means for the shop. */
interface Effect {
  /** Whether buyers miss something */
  alert: boolean
  words: string
}

const NOT_FOR_SALE: Effect = {
  alert: true,
  words: 'this product is not for sale until its file is fixed',
}

const STAYS_FOR_SALE: Effect = {
  alert: false,
  words: 'the last good version of this product stays for sale',
}

const STAYS_AS_IT_WAS: Effect = {
  alert: true,
  words: 'the shop’s name, look and pages stay as they were; the next start would fail',
}

const COUPONS_STAY: Effect = {
  alert: true,
  words: 'the coupons stay as they were; the next start would fail',
}

/** Reports the faults of products. `offSale`: those of files without a version that is in use. */
export function reportProducts(
  reported: Reported,
  before: readonly string[],
  offSale: readonly string[],
): void {
  const effectOf = (fault: string) => (offSale.includes(fault) ? NOT_FOR_SALE : STAYS_FOR_SALE)
  report(reported, before, 'catalogue', effectOf)
}

export function reportIdentity(reported: Reported, before: readonly string[]): void {
  report(reported, before, 'identity', () => STAYS_AS_IT_WAS)
}

export function reportCoupons(reported: Reported, before: readonly string[]): void {
  report(reported, before, 'coupons', () => COUPONS_STAY)
}

/** Logs each fault once, when it appears. In sandbox mode, every page shows them until they are fixed. */
function report(
  { log, faults, notices }: Reported,
  before: readonly string[],
  topic: 'catalogue' | 'identity' | 'coupons',
  effectOf: (fault: string) => Effect,
): void {
  for (const fault of faults.filter((each) => !before.includes(each))) {
    const { alert, words } = effectOf(fault)
    log.error(alert ? { alert } : {}, `${words}: ${fault}`)
  }
  if (faults.length > 0) notices?.set(topic, noticeOf(faults))
  else notices?.delete(topic)
}
