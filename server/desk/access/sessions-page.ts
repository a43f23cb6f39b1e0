import { type Request, type Response, Router } from 'express'
import { type DeskSession, endSession, findSessions } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { allowOnly, readForm } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { leadBack } from '../lead-back.ts'
import { nameBrowser } from './browser-name.ts'
import { dropSecret, SESSION_LIMITS } from './cookies.ts'
import { formToken, spendForm } from './forms.ts'
import { signOutOf } from './frame.ts'
import { sendDeskPage } from './page.ts'
import { merchantOf } from './sessions.ts'

const MOST_SHOWN = 100
const signOutRequest = z.strictObject({ form: z.string().max(200), session: z.string().max(80) })

/** Which browsers have signed in, and how each is signed out. */
export function sessionRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/sessions')
    .get((req, res) => showSessions(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/sign-outs')
    .all(leadBack(() => '/desk/sessions'))
    .post((req, res) => postSignOut(shop, req, res))
    .all(allowOnly('POST'))
  return router
}

async function showSessions(shop: Shop, req: Request, res: Response): Promise<void> {
  const own = merchantOf(res).session
  const found = await findSessions(shop.db, MOST_SHOWN, SESSION_LIMITS, shop.clock.now())
  const since = knownSince(found, own)
  const sessions = found.map((session) => ({
    ...present(shop, session),
    isOwn: session.id === own,
    mayBeOver: session.usedAt < since,
    form: formToken(shop, req, signOutOf(session.id)),
  }))
  sendDeskPage(shop, req, res, 'desk/access/sessions', { sessions })
}

/**
 * Returns since when the shop has had its present ADMIN_TOKEN at least, since no session says by which token it was opened: whoever
 * used one after that had the same token, and so had it when that session began.
 */
function knownSince(sessions: readonly DeskSession[], own: string): number {
  const known = sessions.find(({ id }) => id === own)
  const newestFirst = [...sessions].sort((one, other) => other.usedAt - one.usedAt)
  return newestFirst.reduce(
    (since, { createdAt, usedAt }) => (usedAt >= since ? Math.min(since, createdAt) : since),
    known?.createdAt ?? Number.POSITIVE_INFINITY,
  )
}

function present({ config }: Shop, { id, browser, signedInBy, createdAt, usedAt }: DeskSession) {
  const { link, token, browserOn } = en.desk.access
  return {
    id,
    browser: browserOn(nameBrowser(browser ?? '')),
    by: signedInBy === 'link' ? link : token,
    signedIn: showAt(createdAt, config.timeZone),
    used: showAt(usedAt, config.timeZone),
  }
}

async function postSignOut(shop: Shop, req: Request, res: Response): Promise<void> {
  const own = merchantOf(res).session
  const { form, session } = await readForm(req, signOutRequest, (t) => t.signOutForm())
  await spendForm(shop, req, signOutOf(session), form)
  await endSession(shop.db, session, own, shop.clock.now())
  if (session === own) dropSecret(shop, res, 'session')
  res.redirect(303, session === own ? '/desk/sign-in' : '/desk/sessions')
}
