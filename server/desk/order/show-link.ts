import type { Request, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { sendDeskPage } from '../access/index.ts'
import { readerOf, showTime } from './reader.ts'

/** A redemption link that was just issued. */
export interface IssuedLink {
  /** The id in its address: of an order */
  order: string
  code: string
  expiresAt: number
  title: string
}

/** Shows a link the only time that it can be shown, since the database has only the hash of its code. */
export async function showLink(shop: Shop, req: Request, res: Response, link: IssuedLink): Promise<void> {
  const { toString: toQrCode } = await import('qrcode') // loaded only when it is used, because it takes memory
  const url = `${shop.config.url}/success/${link.order}?redeem=${link.code}`
  sendDeskPage(shop, req, res, 'desk/order/issued', {
    order: { href: `/desk/orders/${link.order}`, title: link.title },
    url,
    qrHtml: await toQrCode(url, { type: 'svg', margin: 2 }),
    expires: showTime(link.expiresAt, readerOf(shop, req)),
  })
}
