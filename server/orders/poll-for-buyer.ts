import { findProof } from '../../db/index.ts'
import { SequencerRefusal } from '../code/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { type PollOutcome, pollIntent } from './poll.ts'
import { noteSubmitted } from './settle.ts'

/**
 * Polls one intent for its own buyer, and returns whether it is paid: Code may refuse to speak of one, which must not end all sales of
 * the product. Throws payment-unproven if Code has ever called it paid, which only proof or the merchant can settle.
 */
export async function pollUnlessRefused(shop: Shop, intent: string): Promise<boolean> {
  const outcome = await poll(shop, intent)
  return outcome === 'paid' || isKnownAsPaid(shop, intent, outcome === 'submitted')
}

/**
 * Returns whether an intent is paid whose request Code has rejected because it is: a status may say less than that. Throws
 * payment-unproven.
 */
export async function pollRefused(shop: Shop, intent: string): Promise<boolean> {
  if (await pollUnlessRefused(shop, intent)) return true
  await noteSubmitted(shop, intent)
  return isKnownAsPaid(shop, intent, true)
}

async function poll(shop: Shop, intent: string): Promise<PollOutcome> {
  try {
    return await pollIntent(shop, intent)
  } catch (error) {
    if (!(error instanceof SequencerRefusal)) throw error
    shop.log.warn(
      { intent, reason: error.message },
      'Code rejected the request for the status of this intent',
    )
    return 'unpaid'
  }
}

/** Whether the shop knows a payment, perhaps since the poll. The buyer of its own request must not be asked to pay again without one. */
async function isKnownAsPaid({ db, log }: Shop, intent: string, isCalledPaid: boolean): Promise<boolean> {
  const proof = await findProof(db, intent, isCalledPaid)
  if (proof !== 'unproven') return proof === 'paid'
  log.warn(
    { intent },
    'Code says that this intent was paid, but nothing proves it yet: its buyer is offered no other',
  )
  throw new ShopError('payment-unproven', (t) => t.paymentUnproven())
}
