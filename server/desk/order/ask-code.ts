import type { Request, Response } from 'express'
import { SequencerRefusal } from '../../code/index.ts'
import { type ErrorCode, ShopError } from '../../errors.ts'
import { type PollOutcome, pollIntent } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { recordAction, spendForm } from '../access/index.ts'
import { readDeskForm } from '../read-request.ts'
import { fields } from './fields.ts'
import { readOrder } from './read-order.ts'

const ASKED_AT_ONCE = 5 // of the newest intents; nearly every order has one
const askForm = z.strictObject({ form: fields.form })

/** What Code said about an order: `refused` if it doesn't speak of it, `unanswered` if it says nothing now. */
type Outcome = PollOutcome | 'refused' | 'unanswered'

const NEWS_FIRST: readonly Outcome[] = ['paid', 'submitted', 'unanswered', 'unpaid']
const UNANSWERED: readonly ErrorCode[] = ['sequencer-down', 'sequencer-failed', 'sequencer-silent']

export const askPurpose = (order: string) => `ask Code about ${order}`

/** Polls the order's unpaid intents now, and shows what came of it. */
export async function askCode(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { form } = await readDeskForm(req, askForm)
  const { order, intents } = await readOrder(shop, req.params.id)
  await spendForm(shop, req, askPurpose(order.id), form)
  const unpaid = intents.filter(({ isPaid }) => !isPaid).slice(-ASKED_AT_ONCE)
  const outcomes = await Promise.all(unpaid.map(({ id }) => askAbout(shop, id)))
  const outcome = sumUp(outcomes)
  await recordAction(shop, res, { what: 'code-asked', subject: order.id, after: { outcome } })
  res.redirect(303, `/desk/orders/${order.id}?done=asked-${outcome}`)
}

async function askAbout(shop: Shop, intent: string): Promise<Outcome> {
  try {
    return await pollIntent(shop, intent)
  } catch (error) {
    if (error instanceof SequencerRefusal) return 'refused'
    if (error instanceof ShopError && UNANSWERED.includes(error.code)) return 'unanswered' // its page is for buyers
    throw error
  }
}

/** An order without an unpaid intent was paid while the merchant looked at its page. */
function sumUp(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.length === 0) return 'paid'
  return NEWS_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'refused'
}
