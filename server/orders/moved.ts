import { bringMovedForward } from '../../db/index.ts'
import type { Shop } from '../shop.ts'

const READ = 5_000 // of the intents that are polled next

/**
 * After the public URL has changed, also while the shop was down, Code delivers to the earlier one in vain: polls the intents that
 * have it at once, instead of on their schedule.
 */
export async function catchUpIfMoved(shop: Shop, now: number): Promise<void> {
  const { polling, config, db, log } = shop
  if (config.publicUrl() === undefined) return // instances on one machine each have an address of their own
  const webhookUrl = config.webhookUrl()
  if (webhookUrl === polling.webhookUrl) return
  const moved = await bringMovedForward(db, { webhookUrl: webhookUrl ?? '', now, read: READ })
  polling.webhookUrl = webhookUrl // only now, so that a failure is tried again
  if (moved > 0)
    log.info({ webhookUrl, moved }, 'the shop has another address; orders of earlier ones are polled now')
}
