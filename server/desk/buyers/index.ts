import { type Request, type Response, Router } from 'express'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { leadBack } from '../lead-back.ts'
import { type BuyerId, showBuyer } from './buyer-page.ts'
import { showBuyers } from './search.ts'
import { postSignOut, showSignOut } from './sign-out.ts'

/** Who has bought, in which browsers, and what they can open. */
export function buyersRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/buyers')
    .get((req, res) => showBuyers(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/buyers/:id')
    .get((req: Request<BuyerId>, res: Response) => showBuyer(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/buyers/:id/sign-out')
    .all(leadBack(({ id }: BuyerId) => `/desk/buyers/${id}`))
    .get((req: Request<BuyerId>, res: Response) => showSignOut(shop, req, res))
    .post((req: Request<BuyerId>, res: Response) => postSignOut(shop, req, res))
    .all(allowOnly('GET', 'POST'))
  return router
}
