import { setTimeout as delay } from 'node:timers/promises'
import { releaseAlerts } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { endFailures, type Failures, isFailureReported, noFailures } from '../failures.ts'
import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'
import { closeReceiver, openReceiver, type Receiver } from './receiver.ts'
import { sendDueAlerts } from './send-alerts.ts'
import { watchSequencer } from './watch-sequencer.ts'

const ROUND_MS = SECOND_MS

/** The worker that sends alerts, until it is stopped. */
export interface RunningAlerts {
  stop(): Promise<void>
}

/** Sends alerts in rounds from now on, to this webhook of the merchant's. */
export function startAlerts(shop: Shop, alerts: NonNullable<Config['alerts']>): RunningAlerts {
  const receiver = openReceiver(alerts)
  shop.log.info({ host: receiver.url.host }, 'alerts are sent to the merchant’s webhook')
  const stopping = new AbortController()
  const ended = sendInRounds(shop, receiver, stopping.signal)
  return {
    stop() {
      stopping.abort()
      closeReceiver(receiver)
      return ended
    },
  }
}

async function sendInRounds(shop: Shop, receiver: Receiver, stopping: AbortSignal): Promise<void> {
  const failures = noFailures()
  while (await nextRound(stopping)) await alertRound(shop, receiver, stopping, failures)
  await releaseAlerts(shop.db).catch(() => undefined) // the lease expires by itself
}

/** Sends what is due. Logs the first round that fails, and then one in each minute of them. */
async function alertRound(
  shop: Shop,
  receiver: Receiver,
  stopping: AbortSignal,
  failures: Failures,
): Promise<void> {
  try {
    await watchSequencer(shop)
    await sendDueAlerts(shop, receiver, stopping)
    endFailures(failures)
  } catch (err) {
    if (isFailureReported(failures))
      shop.log.error({ err, rounds: failures.failed }, 'alerts could not be sent; the next round tries again')
  }
}

/** Waits for the next round. False once the worker is to stop. */
function nextRound(stopping: AbortSignal): Promise<boolean> {
  return delay(ROUND_MS, true, { signal: stopping }).catch(() => false)
}
