import type { Request, Response } from 'express'
import { type CouponOrder, findOrdersWithCoupon } from '../../../db/index.ts'
import { formatMoney } from '../../../money/index.ts'
import { couponOf } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { showAt } from '../../time.ts'
import { languageOf } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'

export type Code = { code: string }

const SHOWN = 100
export const CODE = /^[A-Z0-9-]{3,40}$/

/**
 * Shows which orders used a coupon: the newest ones, and those that are over its limit. Any code has a page, since an order that
 * nobody paid may have one that is nowhere else.
 */
export async function showCoupon(shop: Shop, req: Request<Code>, res: Response): Promise<void> {
  readQuery(req, z.strictObject({}))
  const { code } = req.params
  if (!CODE.test(code)) throw new ShopError('page-not-found', (t) => t.noCoupon())
  const [newest, over] = await Promise.all([
    findOrdersWithCoupon(shop.db, code, SHOWN),
    findOrdersWithCoupon(shop.db, code, SHOWN, true),
  ])
  const { locale } = languageOf(req)
  const present = (order: CouponOrder) => asRow(shop, order, locale)
  sendDeskPage(shop, req, res, 'desk/coupons/coupon', {
    code,
    isRemoved: !couponOf(shop.catalog, code),
    newest: newest.map(present),
    over: over.map(present),
  })
}

function asRow({ config }: Shop, order: CouponOrder, locale: string) {
  const { currency, hundredths, listHundredths } = order
  return {
    title: order.title,
    href: `/desk/orders/${order.order}`,
    paid: showAt(order.paidAt, config.timeZone),
    list: formatMoney({ hundredths: listHundredths, currency }, locale),
    price: formatMoney({ hundredths, currency }, locale),
    isOver: order.isOver,
  }
}
