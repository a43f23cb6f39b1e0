import type { Request, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { sendPrivatePage } from '../../web/index.ts'
import { frameOf } from './frame.ts'
import { merchantOf } from './sessions.ts'

/** Sends a page of the desk to a signed-in browser. Its template begins with `layout('/desk/layout', { title, section })`. */
export function sendDeskPage(shop: Shop, req: Request, res: Response, view: string, values: object): void {
  const frame = frameOf(shop, req, merchantOf(res).session)
  const isFaulty = res.statusCode >= 400 // a form is shown again, with what is wrong with it
  sendPrivatePage(res, shop.views.render(view, { frame, isFaulty, ...values }))
}
