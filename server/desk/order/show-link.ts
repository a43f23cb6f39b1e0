import type { Request, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { DAY_MS } from '../../time.ts'
import { sendDeskPage } from '../access/index.ts'
import type { OrderLink } from './link-to-order.ts'
import { readerOf, showTime } from './reader.ts'

/** For how long a link of the merchant's works, and in how many browsers. */
export const MERCHANTS_LINK_LIFE_MS = DAY_MS
export const MERCHANTS_LINK_HOLDERS = 1

/** A redemption link that was just issued. */
export interface IssuedLink {
  /** The order that it leads to, which shows what else it has opened */
  order: string
  code: string
  expiresAt: number
  /** The page to go back to, that of an order or of a buyer */
  from: OrderLink
}

/** Shows a link the only time that it can be shown, since the database has only the hash of its code. */
export async function showLink(shop: Shop, req: Request, res: Response, link: IssuedLink): Promise<void> {
  const { toString: toQrCode } = await import('qrcode') // loaded only when it is used, because it takes memory
  const url = `${shop.config.url()}/success/${link.order}?redeem=${link.code}`
  sendDeskPage(shop, req, res, 'desk/order/issued', {
    from: link.from,
    url,
    qrHtml: await toQrCode(url, { type: 'svg', margin: 2 }),
    expires: showTime(link.expiresAt, readerOf(shop, req)),
    isLocal: shop.config.publicUrl() === undefined,
  })
}
