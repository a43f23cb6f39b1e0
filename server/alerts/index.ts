import { releaseAlerts } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { endFailures, type Failures, isFailureReported, noFailures } from '../failures.ts'
import { pause, type Running, runUntilStopped } from '../running.ts'
import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'
import { closeReceiver, openReceiver, type Receiver } from './receiver.ts'
import { sendDueAlerts } from './send-alerts.ts'
import { watchSequencer } from './watch-sequencer.ts'

const ROUND_MS = SECOND_MS

/** Sends alerts in rounds from now on, to this webhook of the merchant's. */
export function startAlerts(shop: Shop, alerts: NonNullable<Config['alerts']>): Running {
  const receiver = openReceiver(alerts)
  shop.log.info({ host: receiver.url.host }, 'alerts are sent to the merchant’s webhook')
  return runUntilStopped((stopping) => sendInRounds(shop, receiver, stopping))
}

async function sendInRounds(shop: Shop, receiver: Receiver, stopping: AbortSignal): Promise<void> {
  const failures = noFailures()
  stopping.addEventListener('abort', () => closeReceiver(receiver))
  while (await pause(ROUND_MS, stopping)) await alertRound(shop, receiver, stopping, failures)
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
