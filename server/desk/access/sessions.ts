import type { Request, RequestHandler, Response } from 'express'
import {
  type Action,
  type DeskSession,
  findSession,
  recordAction as record,
  touchSession,
} from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import { hmac, isSameSecret, sha256 } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { MINUTE_MS } from '../../time.ts'
import { hasBearer, logFailure } from '../../web/index.ts'
import { tokenOf } from '../entrance.ts'
import { SESSION_LIMITS, secretOf } from './cookies.ts'
import { setNavigation } from './frame.ts'
import { ownPage, showSignIn } from './sign-in-page.ts'

const TOUCH_EVERY_MS = MINUTE_MS // otherwise each look at a page would be a write

/** Who has signed in to the desk. */
export interface Merchant {
  /** The id of their session */
  session: string
}

/** Lets only a browser pass that has signed in. Others get the page to sign in, programs 401. */
export function requireMerchant(shop: Shop): RequestHandler {
  return async (req, res, next) => {
    if (await recogniseMerchant(shop, req, res)) next()
    else refuse(shop, req, res)
  }
}

/** The same for what programs may read as well, with EXPORT_TOKEN as bearer token. */
export function requireExport(shop: Shop): RequestHandler {
  return async (req, res, next) => {
    if (hasBearer(req, shop.config.exportToken) || (await recogniseMerchant(shop, req, res))) next()
    else refuse(shop, req, res)
  }
}

/** Returns who has signed in. Only behind requireMerchant; throws TypeError otherwise. */
export function merchantOf(res: Response): Merchant {
  const merchant = findMerchant(res)
  if (!merchant) throw new TypeError('This route is not behind requireMerchant')
  return merchant
}

/** Records an action that has no unit of work of its own: of the merchant, or of a program that requireExport let pass. */
export async function recordAction(
  shop: Shop,
  res: Response,
  action: Omit<Action, 'session'>,
): Promise<void> {
  await record(shop.db, { ...action, session: findMerchant(res)?.session }, shop.clock.now())
}

/** Returns whether this browser has signed in, and remembers who it is for this answer. */
export async function recogniseMerchant(shop: Shop, req: Request, res: Response): Promise<boolean> {
  if (findMerchant(res)) return true
  const session = await findOwnSession(shop, req)
  if (!session) return false
  const now = shop.clock.now()
  if (now - session.usedAt >= TOUCH_EVERY_MS) await noteUse(shop, session.id, now)
  res.locals.merchant = { session: session.id } satisfies Merchant
  setNavigation(shop, req, res, session.id)
  return true
}

/** Returns whether the browser that sent this request is signed in now. Doesn't count as a use of its session. */
export async function isSignedIn(shop: Shop, req: Request): Promise<boolean> {
  return (await findOwnSession(shop, req)) !== undefined
}

async function findOwnSession(shop: Shop, req: Request): Promise<DeskSession | undefined> {
  const secret = secretOf(shop, req, 'session')
  if (secret === undefined) return undefined
  const session = await findSession(shop.db, sha256(secret), SESSION_LIMITS, shop.clock.now())
  return session && isSameSecret(session.tokenHash, hmac(secret, tokenOf(shop))) ? session : undefined
}

function findMerchant(res: Response): Merchant | undefined {
  return res.locals.merchant as Merchant | undefined
}

/** Without it, the page is shown all the same: while the disk is full, the merchant must see what is wrong. */
async function noteUse({ db, log }: Shop, session: string, now: number): Promise<void> {
  try {
    await touchSession(db, session, now)
  } catch (error) {
    logFailure(log, error as Error, { session }, 'cannot note that a session of the desk is in use')
  }
}

function refuse(shop: Shop, req: Request, res: Response): void {
  res.set('WWW-Authenticate', 'Bearer realm="desk"')
  if (req.accepts(['json', 'html']) !== 'html')
    throw new ShopError('sign-in-required', (t) => t.notSignedIn())
  const isForm = req.method === 'POST'
  const notice = isForm ? en.desk.access.signIn.tooLate : undefined
  showSignIn(shop, req, res, { status: 401, to: isForm ? pageOfForm(req) : req.originalUrl, notice })
}

/** The page that a form was on, or the desk's first if the browser doesn't say. */
function pageOfForm(req: Request): string {
  const from = req.get('Referer') ?? ''
  if (!URL.canParse(from)) return '/desk'
  const page = new URL(from)
  page.searchParams.delete('done') // what it said of an earlier form
  return ownPage(page.pathname + page.search)
}
