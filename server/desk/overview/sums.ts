import { type Sum, type What, waitOfBucket } from '../../../db/index.ts'
import type { Figures } from '../../summaries/index.ts'

/** How the shop learned of a payment first. */
export type Messenger = 'webhook' | 'status' | 'merchant'

export const TOLD_BY: Record<Messenger, readonly What[]> = {
  webhook: ['webhook'],
  status: ['status', 'status-webhook'],
  merchant: ['merchant', 'merchant-webhook'],
}
export const PAID: readonly What[] = Object.values(TOLD_BY).flat()
export const OFFERED: readonly What[] = ['offer', 'offer-before']

/** Adds up the figures of several days. */
export function joinFigures(days: readonly Figures[]): Figures {
  const waits = new Map<number, number>()
  for (const day of days)
    for (const [bucket, times] of day.waits) waits.set(bucket, (waits.get(bucket) ?? 0) + times)
  return { sums: days.flatMap(({ sums }) => sums), waits }
}

/** Returns the currencies in which anything was paid or sent back, in the order of the alphabet. */
export function currenciesOf({ sums }: Figures): string[] {
  return [...new Set(sums.filter(isMoney).map(({ currency }) => currency))].sort()
}

function isMoney({ what }: Sum): boolean {
  return PAID.includes(what) || what === 'refund'
}

/** Returns how often any of these came. */
export function timesOf({ sums }: Figures, whats: readonly What[]): number {
  return sums.filter(({ what }) => whats.includes(what)).reduce((total, { times }) => total + times, 0)
}

/** Returns what any of these came to, in hundredths of a currency. */
export function amountOf({ sums }: Figures, currency: string, whats: readonly What[]): number {
  return sums
    .filter((sum) => sum.currency === currency && whats.includes(sum.what))
    .reduce((total, { hundredths }) => total + hundredths, 0)
}

/** Returns what came in a currency, less what went back, in hundredths. */
export function revenueOf(figures: Figures, currency: string): number {
  return amountOf(figures, currency, PAID) - amountOf(figures, currency, ['refund'])
}

/** Returns how long at most this share of the payments took, in milliseconds; undefined if there are none. See WAIT_ERROR. */
export function waitOf({ waits }: Figures, share: number): number | undefined {
  const sorted = [...waits].sort(([one], [other]) => one - other)
  const total = sorted.reduce((sum, [, times]) => sum + times, 0)
  let counted = 0
  for (const [bucket, times] of sorted) {
    counted += times
    if (counted >= share * total) return waitOfBucket(bucket)
  }
  return undefined
}
