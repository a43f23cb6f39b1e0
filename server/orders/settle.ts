import {
  recordFirstStep,
  type Settlement,
  settleByEvent,
  settleByStatus,
  type Verdict,
  type VerifiedEvent,
} from '../../db/index.ts'
import { isOurDestination } from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { add, addPayment, type Tally } from '../tally.ts'
import { findDifference } from './find-difference.ts'
import { isNews, settleTogether } from './repeats.ts'

/** Anyone can point their own intents at our URL. Of the events that aren't ours, the newest are kept for a look. */
export const EVENT_LIMITS = { kept: 1_000, forgotten: 100 }

const ALERTS: Partial<Record<Settlement['verdict'], string>> = {
  mismatched: 'a signed event claims something else than our order: it pays nothing',
  orphaned:
    'a signed event pays our destination, but the shop has no such intent: look at it before refunding',
}

/**
 * Keeps a verified webhook and, if it pays an intent of ours, makes its order paid and the holders entitled. Idempotent,
 * and durable when it resolves. Throws DatabaseUnavailable.
 */
export function settleByWebhook(shop: Shop, event: VerifiedEvent): Promise<void> {
  return settleTogether(shop.repeats, event.digest, (times) => settleDeliveries(shop, event, times, null))
}

/**
 * Judges an event that was kept before as if it were delivered now, and does not count as a delivery. Whatever pays
 * nothing then pays nothing now, unless an order has come back that it is about; and what is judged as before is no news.
 * Throws DatabaseUnavailable.
 */
export function settleAgain(shop: Shop, event: VerifiedEvent, former: Verdict): Promise<void> {
  return settleDeliveries(shop, event, 0, former)
}

async function settleDeliveries(
  shop: Shop,
  event: VerifiedEvent,
  times: number,
  former: Verdict | null,
): Promise<void> {
  const { db, repeats, tally } = shop
  const { now, today } = rightNow(shop)
  const moment = { now, today, times, former, ourDestination: ourDestinationOf(shop, event), ...EVENT_LIMITS }
  const settlement = await settleByEvent(db, event, moment)
  const { verdict, isRepeat } = settlement
  add(tally.deliveries, verdict === 'duplicate' && isRepeat ? 'repeated' : verdict, times)
  countPayment(shop, 'webhook', settlement)
  if (verdict === former || !isNews(repeats, event.digest, verdict)) return
  const difference = verdict === 'mismatched' ? await findDifference(db, event) : undefined
  report(shop, { intent: event.intent, proof: 'webhook', difference }, settlement)
}

/** The address of ours that an event pays, if configuration or catalogue have it: the database knows those of all orders. */
function ourDestinationOf(shop: Shop, { destination }: VerifiedEvent): string {
  return destination !== null && isOurDestination(shop, destination) ? destination : shop.config.destination
}

/**
 * Settles an intent that Code's own status calls submitted: `paid`, now or since before, or no more than `submitted`. A
 * status shows neither amount nor destination, so it pays only an intent that Code has visibly accepted from us. Throws
 * DatabaseUnavailable.
 */
export async function settleByPoll(shop: Shop, intent: string): Promise<'paid' | 'submitted'> {
  const { settlement, isPaid } = await settleByStatus(shop.db, intent, rightNow(shop))
  if (settlement) {
    countPayment(shop, 'status', settlement)
    report(shop, { intent, proof: 'status' }, settlement)
  }
  if (isPaid) return 'paid'
  await noteSubmitted(shop, intent)
  return 'submitted'
}

/** Records that Code calls an intent submitted that nothing pays, and alerts the merchant, once. Throws DatabaseUnavailable. */
export async function noteSubmitted({ db, clock, log }: Shop, intent: string): Promise<void> {
  const step = { order: intent, what: 'only-submitted', detail: intent } as const
  if (await recordFirstStep(db, step, clock.now()))
    log.error(
      { intent, alert: true },
      'Code calls this intent submitted, but nothing proves what was paid: the page of its order says why',
    )
}

function countPayment(
  { clock, tally }: Shop,
  messenger: keyof Tally['offerToPaid'],
  { orderedAt }: Settlement,
): void {
  if (orderedAt !== undefined) addPayment(tally.offerToPaid[messenger], clock.now() - orderedAt)
}

function report(
  { log }: Shop,
  about: { intent: string | null; proof: string; difference?: string | undefined },
  { verdict, paidTwice }: Settlement,
): void {
  const facts = { verdict, ...about }
  if (ALERTS[verdict]) log.error({ ...facts, alert: true }, ALERTS[verdict])
  else log.info(facts, verdict === 'applied' ? 'order paid' : 'event kept')
  if (paidTwice)
    log.error(
      { ...facts, alert: true },
      'a buyer who has this order already had the same from another one: refund one payment, or keep it',
    )
}
