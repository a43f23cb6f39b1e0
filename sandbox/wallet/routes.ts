import { type Request, type Response, Router } from 'express'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import type { Requests } from '../state/index.ts'
import { fieldsOf, isForm, parseBody } from './body.ts'
import { type CreateDeps, createRequest } from './create-request.ts'
import { showPay } from './pages.ts'
import { presentRequest } from './present.ts'
import { type Returns, returnsTo, toQuery } from './returns.ts'
import type { Wallet } from './wallet.ts'

const LISTED = 100
const NOTE = 'A convenience of the sandbox: Code has no such call. A shop creates intents through /v1.'
const MOST_KIN = 1_000_000_000_000 // per top-up

interface Deps extends CreateDeps {
  wallet: Wallet
  requests: Requests
  shops: readonly string[]
  /** The shop's own */
  language(): string | undefined
}

/** Serves the test wallet: a page for people, the same functions as JSON for programs. */
export function walletRoutes({ wallet, requests, shops, language, ...deps }: Deps): Router {
  const router = Router()
  const readReturns = returnsTo(shops, deps.remedies.shop)

  router.get('/pay/:intent', async (req, res) => {
    const returns = readReturns(req.query)
    const open = req.method === 'GET' ? wallet.scan : wallet.getRequest // a HEAD must not count as a scan
    await showPay(req, res, open(req.params.intent), { returns, users: wallet.users(), language })
  })
  router.get('/wallet/requests', (_req, res) => {
    res.json(requests.list(LISTED).map(presentRequest))
  })
  router.post('/wallet/requests', parseBody, async (req: Request, res: Response) => {
    const { intent, clientSecret } = await createRequest(deps, fieldsOf(req))
    if (isForm(req)) return res.redirect(303, `${req.baseUrl}/pay/${intent}`)
    res.status(201).location(`${req.baseUrl}/wallet/requests/${intent}`)
    res.json({ ...presentRequest(wallet.getRequest(intent)), clientSecret, note: NOTE })
  })
  router.get('/wallet/requests/:intent', (req, res) => {
    res.json(presentRequest(wallet.getRequest(req.params.intent)))
  })
  router.post(
    '/wallet/requests/:intent/approve',
    parseBody,
    (req: Request<{ intent: string }>, res: Response) => {
      const user = readUser(fieldsOf(req))
      const returns = readReturns(fieldsOf(req))
      const back = wayBack(req, res, returns)
      const { intent } = req.params
      // A browser drops the answer to the first tap for that to the second, which must lead on as well.
      const isSecondTap = isForm(req) && wallet.isApprovedBy(intent, user)
      const request = isSecondTap ? wallet.getRequest(intent) : wallet.approve(intent, user)
      const { success: returnTo, browser } = returns
      if (!isForm(req)) return void res.json({ ...presentRequest(request), ...(returnTo && { returnTo }) })
      const leads = returnTo !== undefined && browser === 'this'
      res.redirect(303, leads ? returnTo : back)
    },
  )
  router.post(
    '/wallet/requests/:intent/reject',
    parseBody,
    (req: Request<{ intent: string }>, res: Response) => {
      const returns = readReturns(fieldsOf(req))
      const back = wayBack(req, res, returns)
      const request = wallet.reject(req.params.intent)
      const { cancel: returnTo } = returns
      if (!isForm(req)) return void res.json({ ...presentRequest(request), ...(returnTo && { returnTo }) })
      res.redirect(303, returnTo ?? back)
    },
  )

  router.get('/wallet/users', (_req, res) => {
    res.json(wallet.users())
  })
  router.post('/wallet/top-ups', parseBody, (req: Request, res: Response) => {
    const fields = fieldsOf(req)
    const user = readUser(fields)
    if (user === undefined)
      throw new Problem(400, 'user must be the key of one of the users at /wallet/users.')
    const returns = readReturns(fields)
    wallet.topUp(user, readKin(fields))
    if (!isForm(req)) return void res.json(wallet.users())
    const back = typeof fields.intent === 'string' ? `/pay/${encodeURIComponent(fields.intent)}` : '/'
    res.redirect(303, req.baseUrl + back + toQuery(returns))
  })

  router.all(['/pay/:intent', '/wallet/requests/:intent', '/wallet/users'], allowOnly('GET'))
  router.all('/wallet/requests', allowOnly('GET', 'POST'))
  router.all(
    ['/wallet/requests/:intent/approve', '/wallet/requests/:intent/reject', '/wallet/top-ups'],
    allowOnly('POST'),
  )

  return router
}

/** Returns the address of the request's page, to which the page of a refusal leads somebody who has pressed a button. */
function wayBack(req: Request<{ intent: string }>, res: Response, returns: Returns): string {
  const back = `${req.baseUrl}/pay/${req.params.intent}${toQuery(returns)}`
  if (isForm(req)) res.locals.back = back
  return back
}

/** Reads the key of a test user. */
function readUser({ user }: Record<string, unknown>): string | undefined {
  if (user === undefined || typeof user === 'string') return user
  throw new Problem(400, 'user must be text, the key of one of the users at /wallet/users.')
}

function readKin({ kin }: Record<string, unknown>): number {
  const number = typeof kin === 'string' ? Number(kin) : kin // forms contain only text
  if (Number.isInteger(number) && (number as number) >= 1 && (number as number) <= MOST_KIN)
    return number as number
  throw new Problem(400, `kin must be a whole number from 1 to ${MOST_KIN}.`)
}
