import type { Request, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { sendPrivatePage } from '../../web/index.ts'
import { formToken } from './forms.ts'
import { merchantOf } from './sessions.ts'

/** Sends a page of the desk to a signed-in browser. Its template begins with `layout('/desk/layout', { title, section })`. */
export function sendDeskPage(shop: Shop, req: Request, res: Response, view: string, values: object): void {
  const { session } = merchantOf(res)
  const signOut = { session, form: formToken(shop, req, signOutOf(session)) }
  const frame = { signOut, timeZone: shop.config.timeZone }
  sendPrivatePage(res, shop.views.render(view, { frame, ...values }))
}

/** The purpose of the form that ends a session. */
export function signOutOf(session: string): string {
  return `sign-out ${session}`
}
