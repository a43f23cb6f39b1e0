import { type Request, type Response, Router } from 'express'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { type Name, type Slug, sendFile, sendGoodsPicture, showGoods } from './goods.ts'
import { showProducts } from './list.ts'

/** What the catalogue holds, what it has brought, and what a buyer sees of it. */
export function productsRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/products')
    .get((req, res) => showProducts(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/products/:slug/goods')
    .get((req: Request<Slug>, res: Response) => showGoods(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/products/:slug/goods/file')
    .get((req: Request<Slug>, res: Response) => sendFile(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/products/:slug/goods/pictures/:name')
    .get((req: Request<Slug & Name>, res: Response) => sendGoodsPicture(shop, req, res))
    .all(allowOnly('GET'))
  return router
}
