import { Router } from 'express'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { showOrders } from './list-page.ts'
import { openStream } from './live.ts'

export { parseOrderQuery } from './filter.ts'
export { READ_ORDERS } from './list-page.ts'

/** The list of orders: filtered, page by page, and live. */
export function ordersRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/orders')
    .get((req, res) => showOrders(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/orders/live')
    .get((req, res) => openStream(shop, req, res))
    .all(allowOnly('GET'))
  return router
}
