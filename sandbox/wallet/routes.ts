import { type Request, type Response, Router } from 'express'
import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import type { Requests } from '../state/index.ts'
import { fieldsOf, isForm, parseBody } from './body.ts'
import { showPay } from './pages.ts'
import { presentRequest } from './present.ts'
import { readReturns, toQuery } from './returns.ts'
import type { Wallet } from './wallet.ts'

const LISTED = 100

interface Deps {
  wallet: Wallet
  requests: Requests
  origins: readonly string[]
}

/** The pretended wallet: a page for people, the same as JSON for programs. */
export function walletRoutes({ wallet, requests, origins }: Deps): Router {
  const router = Router()

  router.get('/pay/:intent', (req, res) => {
    const returns = readReturns(req.query, origins)
    const look = req.method === 'GET' ? wallet.scan : wallet.getRequest // a HEAD looks at nothing
    showPay(req, res, look(req.params.intent), returns)
  })
  router.get('/wallet/requests', (_req, res) => {
    res.json(requests.list(LISTED).map(presentRequest))
  })
  router.get('/wallet/requests/:intent', (req, res) => {
    res.json(presentRequest(wallet.getRequest(req.params.intent)))
  })
  router.post(
    '/wallet/requests/:intent/approve',
    parseBody,
    (req: Request<{ intent: string }>, res: Response) => {
      requireUser(fieldsOf(req))
      const returns = readReturns(fieldsOf(req), origins)
      const request = wallet.approve(req.params.intent)
      if (!isForm(req)) return void res.json(presentRequest(request))
      res.redirect(303, returns.success ?? payPage(req) + toQuery(returns))
    },
  )
  router.post(
    '/wallet/requests/:intent/reject',
    parseBody,
    (req: Request<{ intent: string }>, res: Response) => {
      const returns = readReturns(fieldsOf(req), origins)
      const request = wallet.reject(req.params.intent)
      if (!isForm(req)) return void res.json(presentRequest(request))
      res.redirect(303, returns.cancel ?? payPage(req) + toQuery(returns))
    },
  )

  return router
}

function payPage(req: Request<{ intent: string }>): string {
  return `${req.baseUrl}/pay/${req.params.intent}`
}

/** The payer's key. Only a login tells it to a merchant, so for a payment it is looked at and let go. */
function requireUser({ user }: Record<string, unknown>): void {
  if (user === undefined || (typeof user === 'string' && isAddress(user))) return
  throw new Problem(400, 'user must be the base58 text of 32 bytes, or left out.')
}
