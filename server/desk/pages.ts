import { Router } from 'express'
import type { Shop } from '../shop.ts'
import { accessRoutes, openDesk, requireMerchant, signInRoutes } from './access/index.ts'
import { addressRoutes } from './addresses/index.ts'
import { alertRoutes } from './alerts/index.ts'
import { buyersRoutes } from './buyers/index.ts'
import { checksRoutes } from './checks/index.ts'
import { couponsRoutes } from './coupons/index.ts'
import { eventsRoutes } from './events/index.ts'
import { exportRoutes } from './exports/index.ts'
import { orderRoutes } from './order/index.ts'
import { ordersRoutes } from './orders/index.ts'
import { overviewRoutes } from './overview/index.ts'
import { passesRoutes } from './passes/index.ts'
import { productsRoutes } from './products/index.ts'

/** The merchant's pages, below /desk. What stands above requireMerchant must check for itself who asks. */
export function deskPages(shop: Shop): Router {
  const desk = Router()
  desk.use(openDesk)
  desk.use(signInRoutes(shop))
  desk.use(exportRoutes(shop))
  desk.use(requireMerchant(shop))
  desk.use(accessRoutes(shop))
  desk.use(ordersRoutes(shop)) // before the pages of single orders, since `live` would be the id of one
  desk.use(orderRoutes(shop))
  desk.use(addressRoutes(shop), alertRoutes(shop))
  desk.use(overviewRoutes(shop), checksRoutes(shop))
  desk.use(eventsRoutes(shop), productsRoutes(shop), couponsRoutes(shop), passesRoutes(shop))
  desk.use(buyersRoutes(shop))
  return desk
}
