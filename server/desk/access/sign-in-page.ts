import type { Request, Response } from 'express'
import { newSecret } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { sendPrivatePage } from '../../web/index.ts'
import { secretOf, setSecret } from './cookies.ts'
import { makeForm } from './forms.ts'

export const SIGN_IN = 'sign-in' // the purpose of its form
const PAGE_OF_DESK = /^\/desk(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/

interface Moment {
  status: number
  /** Where to go once signed in */
  to: string
  /** Why they see it, if they were in the middle of something */
  notice?: string | undefined
  /** What was wrong with the last attempt */
  fault?: string
}

/** Shows how to get in. */
export function showSignIn(shop: Shop, req: Request, res: Response, { status, ...moment }: Moment): void {
  res.status(status)
  const page = shop.views.render('desk/access/sign-in', {
    form: visitorsForm(shop, req, res, SIGN_IN),
    ...moment,
    isFaulty: moment.fault !== undefined,
    takesToken: shop.config.adminToken !== undefined,
    // Whoever follows a link from another site, such as their mail, doesn't send the cookie: SameSite=Strict.
    mayBeSignedIn: ['cross-site', 'same-site'].includes(req.get('Sec-Fetch-Site') ?? ''),
  })
  sendPrivatePage(res, page)
}

/** Makes a form for a browser that hasn't signed in, which gets a cookie that the form belongs to. */
export function visitorsForm(shop: Shop, req: Request, res: Response, purpose: string): string {
  const secret = secretOf(shop, req, 'visit') ?? newSecret()
  setSecret(shop, res, 'visit', secret)
  return makeForm(secret, purpose, shop.clock.now())
}

/** Returns where to go next, which is never another site. */
export function ownPage(to: string): string {
  return PAGE_OF_DESK.test(to) ? to : '/desk'
}
