import express, { type Request, type Response, Router } from 'express'
import { isAddress } from '../addresses.ts'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import type { FaultSettings, Faults } from './faults.ts'
import { CALL_FAULTS, WEBHOOK_FAULTS } from './kinds.ts'

const PATHS = ['/faults', '/troubles'] // the second was its name before
const BODY_LIMIT = '256kb' // a thousand requests with their faults

/** Serves the faults that are set, and changes them: JSON for programs, a page with a form for people. */
export function faultRoutes({ faults }: { faults: Faults }): Router {
  const router = Router()
  const parseJson = express.json({ limit: BODY_LIMIT, inflate: false })
  const parseForm = express.urlencoded({ limit: '8kb', inflate: false, extended: false })

  router.get(PATHS, (req, res) => {
    res.vary('Accept')
    if (req.accepts(['json', 'html']) === 'json') return void res.json(faults.get())
    res.render('faults', {
      base: req.baseUrl,
      ...view(faults.get(), req.query.intent),
      CALL_FAULTS,
      WEBHOOK_FAULTS,
    })
  })
  router.put(PATHS, parseJson, (req: Request, res: Response) => {
    if (!req.is('application/json')) throw new Problem(415, 'The body must be application/json.')
    res.json(faults.replace(req.body))
  })
  router.post(PATHS, parseForm, (req: Request, res: Response) => {
    if (!req.is('application/x-www-form-urlencoded'))
      throw new Problem(415, 'PUT takes JSON; POST takes a form.')
    const { intent, calls, webhooks, retrySpeed } = req.body
    if (intent) faults.replaceFor(intent, { calls, webhooks })
    else faults.replace({ ...faults.get(), calls, webhooks, retrySpeed: Number(retrySpeed) })
    res.redirect(303, `${req.baseUrl}/faults${intent ? `?${new URLSearchParams({ intent })}` : ''}`)
  })
  router.all(PATHS, allowOnly('GET', 'PUT', 'POST'))

  return router
}

/** Returns what the form shows: the faults of all requests, or those of the one request that the address names. */
function view(settings: FaultSettings, intent: unknown) {
  if (typeof intent !== 'string' || !isAddress(intent)) return { ...settings, intent: undefined }
  const own = Object.hasOwn(settings.requests, intent) ? settings.requests[intent] : undefined
  return { ...settings, ...own, intent }
}
