import type { Database } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import type { Clock } from '../time.ts'
import type { Logger } from '../web/index.ts'
import { createGateway, prepareIntent } from './gateway.ts'
import { createReconciler } from './reconcile.ts'
import { createSettle } from './settle.ts'
import { createVerifier } from './verify-event.ts'
import { createWebhook } from './webhook.ts'

export type { PreparedIntent } from './gateway.ts'
export { parseIntentId } from './intent-id.ts'
export { SequencerRefusal } from './sender.ts'

interface Deps {
  config: Pick<Config, 'endpoint' | 'webhookUrl'> & { publicKeys: readonly string[] }
  db: Database
  clock: Clock
  log: Logger
}

export type Payments = Awaited<ReturnType<typeof createPayments>>

/** All talk with Code, and the only way for an order to become paid. */
export async function createPayments({ config, db, clock, log }: Deps) {
  const gateway = createGateway(config.endpoint)
  const settle = createSettle({ db, clock, log })
  const verifyEvent = await createVerifier(config.publicKeys)
  const reconciler = createReconciler({ db, gateway, settle, clock, log })

  return {
    prepareIntent,
    createIntent: gateway.createIntent,
    /** Asks Code for this intent's webhook; undefined where the shop has no address that Code can call. */
    registerWebhook: async (intent: string) =>
      config.webhookUrl ? gateway.registerWebhook(intent, config.webhookUrl) : undefined,
    check: reconciler.check,
    checkOnLook: reconciler.checkOnLook,
    checkDue: reconciler.checkDue,
    settle,
    webhook: createWebhook({ verifyEvent, settle }),
    start: reconciler.start,
    stop: reconciler.stop,
  }
}
