import { type Request, type Response, Router } from 'express'
import { type DeskLink, type NewSession, openSession, openSessionByLink } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import { hmac, isSameSecret, newSecret, sha256 } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { allowOnly, readForm, sendPrivatePage } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { tokenOf } from '../entrance.ts'
import { dropSecret, secretOf, setSecret } from './cookies.ts'
import { spendFormOf } from './forms.ts'
import { findLink } from './links.ts'
import { isSignedIn, recogniseMerchant } from './sessions.ts'
import { ownPage, SIGN_IN, showSignIn, visitorsForm } from './sign-in-page.ts'
import { slowDown } from './wrong-tokens.ts'

const LARGEST_FORM = 8_192 // bytes: url-encoded, the longest token and address take 6,000
const LONGEST_AGENT = 200 // characters
const ENTER = 'enter' // the purpose of the form on the page of a link

const form = z.string().max(200)
const token = z.string().trim().max(300) // it has no spaces, but what was pasted may
const signInRequest = z.strictObject({ form, token, to: z.string().max(1_000) })
const enterRequest = z.strictObject({ form, code: z.string().max(100) })

/** How a browser gets into the desk: with the token, or with a one-time link. */
export function signInRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/sign-in')
    .get((req, res) => offerSignIn(shop, req, res))
    .post((req, res) => signIn(shop, req, res))
    .all(allowOnly('GET', 'POST'))
  router
    .route('/enter')
    .get((req, res) => showLink(shop, req, res))
    .post((req, res) => enter(shop, req, res))
    .all(allowOnly('GET', 'POST'))
  return router
}

async function offerSignIn(shop: Shop, req: Request, res: Response): Promise<void> {
  if (await recogniseMerchant(shop, req, res)) res.redirect(303, '/desk')
  else showSignIn(shop, req, res, { status: 200, to: '/desk' })
}

async function signIn(shop: Shop, req: Request, res: Response): Promise<void> {
  const { form, token, to } = await readSignIn(req, signInRequest)
  if (await isSignedIn(shop, req)) return res.redirect(303, ownPage(to)) // since this page was opened, in another tab
  if (!isSameSecret(token, shop.config.adminToken)) {
    await slowDown(shop, req, 'token')
    return refuseToken(shop, req, res, to)
  }
  await spendFormOf(shop, getVisitor(shop, req), SIGN_IN, form)
  const secret = newSecret()
  await openSession(shop.db, asSession(shop, req, secret), shop.clock.now())
  welcome(shop, res, secret, to)
}

function refuseToken(shop: Shop, req: Request, res: Response, to: string): void {
  if (req.accepts(['json', 'html']) !== 'html') throw new ShopError('token-wrong', (t) => t.tokenWrong())
  showSignIn(shop, req, res, { status: 401, to: ownPage(to), fault: en.desk.access.signIn.wrong })
}

/** Changes nothing: mail programs and messengers open links too. The button on the page uses the link up. */
async function showLink(shop: Shop, req: Request, res: Response): Promise<void> {
  const code = String(req.query.code)
  await getLink(shop, req, code)
  const form = visitorsForm(shop, req, res, ENTER)
  sendPrivatePage(res, shop.views.render('desk/access/enter', { form, code }))
}

async function enter(shop: Shop, req: Request, res: Response): Promise<void> {
  const { form, code } = await readSignIn(req, enterRequest)
  const link = await getLink(shop, req, code)
  await spendFormOf(shop, getVisitor(shop, req), ENTER, form)
  const secret = newSecret()
  const session = await openSessionByLink(shop.db, asSession(shop, req, secret), link, shop.clock.now())
  if (session === undefined) throw linkSpent()
  welcome(shop, res, secret, '/desk')
}

/** Throws desk-link-spent. */
async function getLink(shop: Shop, req: Request, code: string): Promise<DeskLink> {
  const link = await findLink(shop, code)
  if (link) return link
  await slowDown(shop, req, 'link')
  throw linkSpent()
}

/** Returns the secret that came with the page. Throws request-invalid if the browser didn't send it back. */
function getVisitor(shop: Shop, req: Request): string {
  const secret = secretOf(shop, req, 'visit')
  if (secret === undefined) throw new ShopError('request-invalid', (t) => t.deskCookieMissing())
  return secret
}

function linkSpent(): ShopError {
  return new ShopError('desk-link-spent', (t) => t.deskLinkSpent())
}

function asSession(shop: Shop, req: Request, secret: string): NewSession {
  return {
    secretHash: sha256(secret),
    tokenHash: hmac(secret, tokenOf(shop)),
    browser: req.get('User-Agent')?.slice(0, LONGEST_AGENT),
  }
}

/** The secret is a new one, so that a cookie which somebody has planted in this browser is worth nothing. */
function welcome(shop: Shop, res: Response, secret: string, to: string): void {
  setSecret(shop, res, 'session', secret)
  dropSecret(shop, res, 'visit')
  res.redirect(303, ownPage(to))
}

function readSignIn<Form>(req: Request, schema: z.ZodType<Form>): Promise<Form> {
  return readForm(req, schema, (t) => t.signInForm(), LARGEST_FORM)
}
