import {
  claimDueAlerts,
  type DueAlert,
  findAlertFacts,
  hasDueAlerts,
  recordDelivery,
  recordFailedAttempt,
} from '../../db/index.ts'
import { isOurDestination } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { composeAlert } from './compose-alert.ts'
import { AttemptFailed, postMessage, type Receiver } from './receiver.ts'
import { watchSequencer } from './watch-sequencer.ts'

/** The pauses between the attempts to deliver an alert. The last attempt is almost a day after the first. */
export const RETRY_PAUSES_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
  10 * HOUR_MS,
]
const LONGEST_PAUSE_MS = Math.max(...RETRY_PAUSES_MS)
const SENT_TOGETHER = 8 // the receiver is somebody else's server
const LEASE_MS = 15 * SECOND_MS // an attempt takes at most 5 s, and its record at most 2 s
const KEPT_MS = 30 * DAY_MS // delivered alerts are kept to recognise those that are announced again
const FORGOTTEN = 100

/**
 * Sends the alerts that are due, unless another instance does. Resolves once each has its outcome, or when none of some has
 * been accepted: then the others would hardly be. It watches Code meanwhile, because a slow receiver can take minutes.
 */
export async function sendDueAlerts(shop: Shop, receiver: Receiver, stopping: AbortSignal): Promise<void> {
  const due = { now: shop.clock.now(), longestPauseMs: LONGEST_PAUSE_MS }
  if (!(await hasDueAlerts(shop.db, due))) return
  while ((await sendSome(shop, receiver, stopping)) && !stopping.aborted) await watchSequencer(shop)
}

/** Sends some of the alerts that are due. True if there may be more, and the receiver accepts them. */
async function sendSome(shop: Shop, receiver: Receiver, stopping: AbortSignal): Promise<boolean> {
  const now = shop.clock.now()
  const alerts = await claimDueAlerts(shop.db, {
    now,
    longestPauseMs: LONGEST_PAUSE_MS,
    leaseMs: LEASE_MS,
    limit: SENT_TOGETHER,
    before: now - KEPT_MS,
    forgotten: FORGOTTEN,
  })
  const accepted = await Promise.all(alerts.map((alert) => send(shop, receiver, alert, stopping)))
  return alerts.length === SENT_TOGETHER && accepted.includes(true)
}

/** Sends one alert, and records the outcome. True if it was accepted. */
async function send(
  shop: Shop,
  receiver: Receiver,
  alert: DueAlert,
  stopping: AbortSignal,
): Promise<boolean> {
  const { config, db, clock } = shop
  try {
    const isOurs = (address: string) => isOurDestination(shop, address)
    const facts = await findAlertFacts(db, alert.type, alert.subject, isOurs)
    if (!facts) throw new AttemptFailed('nothing-found')
    if (stopping.aborted) return false
    const body = composeAlert(alert, config.mode, facts)
    await postMessage(receiver, { id: alert.id, sentAt: clock.now(), body })
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    if (!stopping.aborted) await noteFailure(shop, receiver, alert, error) // otherwise due again when the lease has expired
    return false
  }
  await recordDelivery(db, alert.id, clock.now())
  return true
}

async function noteFailure(
  { db, clock, log }: Shop,
  { url }: Receiver,
  { id, type, attempts }: DueAlert,
  { message: reason, answer }: AttemptFailed,
): Promise<void> {
  const now = clock.now()
  const pause = RETRY_PAUSES_MS[attempts - 1]
  const nextAttemptAt = pause === undefined ? null : now + pause
  await recordFailedAttempt(db, { id, attempts, reason, answer }, { now, nextAttemptAt })
  const facts = { type, id, attempts, reason, host: url.host } // the rest of the URL may be a secret
  const todo = reason === 'private-address' ? PRIVATE : ''
  if (nextAttemptAt === null)
    log.error(
      { ...facts, alert: true },
      `an alert was not delivered for a day: it is listed at /desk/alerts${todo}`,
    )
  else
    log[attempts === 1 ? 'warn' : 'debug'](facts, `an alert was not delivered; it is sent again later${todo}`)
}

const PRIVATE =
  '. Its receiver has an address of this machine or its network, which the shop posts to only with ALERT_ALLOW_PRIVATE=1'
