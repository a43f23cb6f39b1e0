import type { Request, Response } from 'express'
import { type BuyersBrowser, findBrowsersOf, signOutBrowser } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { formFields, readDeskForm, readQuery } from '../read-request.ts'
import { type BuyerId, getBuyer, MOST_BROWSERS, nameOfBrowser } from './buyer-page.ts'

const browser = z.string().regex(/^[0-9a-f]{64}$/)
const query = z.strictObject({ browser })
const form = z.strictObject({ ...formFields, browser })

const purposeOf = (buyer: string, secretHash: string) => `sign out ${secretHash} of ${buyer}`

/** Says what is lost when this browser is signed out, and offers to do it. */
export async function showSignOut(shop: Shop, req: Request<BuyerId>, res: Response): Promise<void> {
  const { browser: secretHash } = readQuery(req, query)
  await sendSignOut(shop, req, res, { secretHash, isReasonMissing: false })
}

async function sendSignOut(
  shop: Shop,
  req: Request<BuyerId>,
  res: Response,
  { secretHash, isReasonMissing }: { secretHash: string; isReasonMissing: boolean },
): Promise<void> {
  const { id } = await getBuyer(shop, req)
  const all = await findBrowsersOf(shop.db, id, MOST_BROWSERS)
  assertTheirs(all, secretHash)
  sendDeskPage(shop, req, res, 'desk/buyers/sign-out', {
    id,
    back: `/desk/buyers/${id}`,
    name: nameOfBrowser(secretHash),
    isLast: all.length === 1,
    action: `/desk/buyers/${id}/sign-out`,
    browser: secretHash,
    form: formToken(shop, req, purposeOf(id, secretHash)),
    isReasonMissing,
  })
}

/** Signs a buyer's browser out. Throws page-not-found if it isn't theirs any more. */
export async function postSignOut(shop: Shop, req: Request<BuyerId>, res: Response): Promise<void> {
  const { form: token, browser: secretHash, reason } = await readDeskForm(req, form)
  if (reason === '') return sendSignOut(shop, req, res.status(422), { secretHash, isReasonMissing: true })
  const { id: buyer } = await getBuyer(shop, req)
  await spendForm(shop, req, purposeOf(buyer, secretHash), token)
  const { session } = merchantOf(res)
  const action = {
    session,
    before: { browser: nameOfBrowser(secretHash) },
    after: { reason },
  }
  if (!(await signOutBrowser(shop.db, { buyer, secretHash }, action, shop.clock.now()))) throw noBrowser()
  res.redirect(303, `/desk/buyers/${buyer}?done=signed-out`)
}

function assertTheirs(browsers: readonly BuyersBrowser[], secretHash: string): void {
  if (!browsers.some((each) => each.secretHash === secretHash)) throw noBrowser()
}

function noBrowser(): ShopError {
  return new ShopError('page-not-found', (t) => t.noBrowser())
}
