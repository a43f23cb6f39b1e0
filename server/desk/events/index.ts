import { type Request, type Response, Router } from 'express'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { leadBack } from '../lead-back.ts'
import { postDismissal } from './dismiss.ts'
import { type Digest, showEvent } from './event-page.ts'
import { showInbox } from './inbox.ts'
import { postJudgement } from './judge-again.ts'
import { showRejections } from './rejections.ts'

/** What Code has delivered, what the shop made of it, and what the merchant can do about it. */
export function eventsRoutes(shop: Shop): Router {
  const router = Router()
  const toEvent = leadBack(({ digest }: Digest) => `/desk/events/${digest}`)
  router
    .route('/events')
    .get((req, res) => showInbox(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/events/rejections')
    .get((req, res) => showRejections(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/events/:digest')
    .get((req: Request<Digest>, res: Response) => showEvent(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/events/:digest/judgements')
    .all(toEvent)
    .post((req: Request<Digest>, res: Response) => postJudgement(shop, req, res))
    .all(allowOnly('POST'))
  router
    .route('/events/:digest/dismissal')
    .all(toEvent)
    .post((req: Request<Digest>, res: Response) => postDismissal(shop, req, res))
    .all(allowOnly('POST'))
  return router
}
