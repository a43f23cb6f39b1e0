import type { Request, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { sendDeskPage } from '../access/index.ts'
import { linkToOrder } from './link-to-order.ts'
import type { OrderFacts } from './read-order.ts'
import type { showTime } from './reader.ts'

/** What is wrong with a form that was sent. */
export interface ReasonFault {
  isReasonMissing?: boolean
}

interface ReasonForm extends ReasonFault {
  path: 'revoke' | 'restore' | 'no-money'
  form: string
  words: object
  buyer?: string | undefined
  notes?: readonly string[]
  /** Until when the link in the buyer's wallet opens the order all the same */
  walletLinkEnd?: ReturnType<typeof showTime> | undefined
  revocation?: string
}

/** Shows the form of an action that needs nothing but a reason. */
export function sendReasonForm(
  shop: Shop,
  req: Request,
  res: Response,
  { order }: OrderFacts,
  page: ReasonForm,
): void {
  const href = `/desk/orders/${order.id}`
  const values = {
    order: linkToOrder(shop, order),
    action: `${href}/${page.path}`,
    form: page.form,
    words: page.words,
    buyer: page.buyer,
    notes: page.notes ?? [],
    walletLinkEnd: page.walletLinkEnd,
    revocation: page.revocation,
    isReasonMissing: page.isReasonMissing,
  }
  sendDeskPage(shop, req, res, 'desk/order/give-reason', values)
}
