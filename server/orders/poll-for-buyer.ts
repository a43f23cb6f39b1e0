import { isUnproven } from '../../db/index.ts'
import { SequencerRefusal } from '../code/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { pollIntent } from './poll.ts'

/**
 * Polls one intent for its own buyer, and returns whether it is paid: Code may refuse to speak of one, which must not end all sales of
 * the product. Throws payment-unproven if it was paid, which only a webhook or the merchant can settle.
 */
export async function pollUnlessRefused(shop: Shop, intent: string): Promise<boolean> {
  try {
    const outcome = await pollIntent(shop, intent)
    if (outcome === 'submitted') await assertNotUnproven(shop, intent)
    return outcome === 'paid'
  } catch (error) {
    if (!(error instanceof SequencerRefusal)) throw error
    shop.log.warn(
      { intent, reason: error.message },
      'Code rejected the request for the status of this intent',
    )
    return false
  }
}

/** Throws payment-unproven if an intent that Code calls paid is the shop's own request: its buyer must not be asked to pay again. */
export async function assertNotUnproven({ db, log }: Shop, intent: string): Promise<void> {
  if (!(await isUnproven(db, intent))) return
  log.warn(
    { intent },
    'Code says that this intent was paid, but nothing proves it yet: its buyer is offered no other',
  )
  throw new ShopError('payment-unproven', (t) => t.paymentUnproven())
}
