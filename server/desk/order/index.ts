import { type Request, type Response, Router } from 'express'
import { parseOrderId } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { formToken, sendDeskPage } from '../access/index.ts'
import { leadBack } from '../lead-back.ts'
import { asPage } from './as-page.ts'
import { askCode, askPurpose } from './ask-code.ts'
import { postBuyerLink } from './buyer-link.ts'
import { postHonour, showHonourForm } from './honour.ts'
import { postLink, showLinkForm } from './link.ts'
import { postNoMoney, showNoMoneyForm } from './no-money.ts'
import { postOrphan, showOrphanForm } from './orphan.ts'
import { readOrder } from './read-order.ts'
import { lookUp, readerOf, wordsOf } from './reader.ts'
import { postRefund, showRefundForm } from './refund.ts'
import { postRestoration, postRevocation, showRestoreForm, showRevokeForm } from './revoke.ts'

export { buyerLinkPurpose } from './buyer-link.ts'
export { findHonourable } from './orphan.ts'

type Id = { id: string }
type Digest = { digest: string }
type Handler = (shop: Shop, req: Request<Id>, res: Response) => Promise<void>

// Each action that can't be taken back has a page of its own, which says what it does before the button that does it.
const FORMS: Record<string, { show: Handler; post: Handler }> = {
  link: { show: showLinkForm, post: postLink },
  refund: { show: showRefundForm, post: postRefund },
  revoke: { show: showRevokeForm, post: postRevocation },
  restore: { show: showRestoreForm, post: postRestoration },
  honour: { show: showHonourForm, post: postHonour },
  'no-money': { show: showNoMoneyForm, post: postNoMoney },
}

/** One order, what the merchant can do to it, and the links and orders that they make for buyers. Below /desk. */
export function orderRoutes(shop: Shop): Router {
  const router = Router()
  const toOrder = leadBack(({ id }: Id) => `/desk/orders/${parseOrderId(id)}`)
  router
    .route('/orders/:id')
    .get((req: Request<Id>, res: Response) => showOrder(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/orders/:id/ask')
    .all(toOrder)
    .post((req: Request<Id>, res: Response) => askCode(shop, req, res))
    .all(allowOnly('POST'))
  for (const [path, { show, post }] of Object.entries(FORMS))
    router
      .route(`/orders/:id/${path}`)
      .all(toOrder)
      .get((req: Request<Id>, res: Response) => show(shop, req, res))
      .post((req: Request<Id>, res: Response) => post(shop, req, res))
      .all(allowOnly('GET', 'POST'))
  router
    .route('/buyers/:id/links')
    .all(leadBack(({ id }: Id) => `/desk/buyers/${id}`))
    .post((req: Request<Id>, res: Response) => postBuyerLink(shop, req, res))
    .all(allowOnly('POST'))
  router
    .route('/events/:digest/honour')
    .all(leadBack(({ digest }: Digest) => `/desk/events/${digest}`))
    .get((req: Request<Digest>, res: Response) => showOrphanForm(shop, req, res))
    .post((req: Request<Digest>, res: Response) => postOrphan(shop, req, res))
    .all(allowOnly('GET', 'POST'))
  return router
}

async function showOrder(shop: Shop, req: Request<Id>, res: Response): Promise<void> {
  const facts = await readOrder(shop, req.params.id)
  const reader = readerOf(shop, req)
  sendDeskPage(shop, req, res, 'desk/order/order', {
    ...asPage(shop, facts, reader),
    askForm: formToken(shop, req, askPurpose(facts.order.id)),
    done: lookUp(wordsOf(reader).done, String(req.query.done)),
  })
}
