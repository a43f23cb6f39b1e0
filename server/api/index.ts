import { type Request, type Response, Router } from 'express'
import { limitBuyers, limitReaders } from '../access/index.ts'
import type { Shop } from '../shop.ts'
import { allowExactly, allowOnly, neverCached } from '../web/index.ts'
import { answerCall } from './answer-call.ts'
import { postKey, showKeys } from './keys.ts'

export { giveBackOwed } from './give-back.ts'

type Called = {
  endpoint: string
}

/** What programs may call for money, and the page where their owners get keys. */
export function apiRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/api/:endpoint')
    .all(allowExactly('GET')) // a call that is counted, but not answered, would be of no use
    .get(neverCached, limitReaders(shop, 'calls'), (req: Request<Called>, res: Response) =>
      answerCall(shop, req, res),
    )
  router
    .route('/api-keys')
    .get(neverCached, (req, res) => showKeys(shop, req, res))
    .post(limitBuyers(shop, 'api-keys'), neverCached, (req: Request, res: Response) =>
      postKey(shop, req, res),
    )
    .all(allowOnly('GET', 'POST'))
  return router
}
