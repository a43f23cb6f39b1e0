import express, { type Request, type Response, Router } from 'express'
import { isAddress } from '../addresses.ts'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import { CALL_TROUBLES, WEBHOOK_TROUBLES } from './kinds.ts'
import type { TroubleSettings, Troubles } from './troubles.ts'

const BODY_LIMIT = '256kb' // a thousand requests with their troubles

/** The panel of troubles: JSON for programs, a page with a form for people. */
export function troubleRoutes({ troubles }: { troubles: Troubles }): Router {
  const router = Router()
  const parseJson = express.json({ limit: BODY_LIMIT, inflate: false })
  const parseForm = express.urlencoded({ limit: '8kb', inflate: false, extended: false })

  router.get('/troubles', (req, res) => {
    res.vary('Accept')
    if (req.accepts(['json', 'html']) === 'json') return void res.json(troubles.get())
    res.render('troubles', {
      base: req.baseUrl,
      ...view(troubles.get(), req.query.intent),
      CALL_TROUBLES,
      WEBHOOK_TROUBLES,
    })
  })
  router.put('/troubles', parseJson, (req: Request, res: Response) => {
    if (!req.is('application/json')) throw new Problem(415, 'Troubles come as application/json.')
    res.json(troubles.replace(req.body))
  })
  router.post('/troubles', parseForm, (req: Request, res: Response) => {
    if (!req.is('application/x-www-form-urlencoded'))
      throw new Problem(415, 'PUT takes JSON; POST takes the form.')
    const { intent, calls, webhooks, retrySpeed } = req.body
    if (intent) troubles.replaceFor(intent, { calls, webhooks })
    else troubles.replace({ ...troubles.get(), calls, webhooks, retrySpeed: Number(retrySpeed) })
    res.redirect(303, `${req.baseUrl}/troubles${intent ? `?${new URLSearchParams({ intent })}` : ''}`)
  })
  router.all('/troubles', allowOnly('GET', 'PUT', 'POST'))

  return router
}

/** What the form shows: the troubles of all requests, or those of the one that the address names. */
function view(settings: TroubleSettings, intent: unknown) {
  if (typeof intent !== 'string' || !isAddress(intent)) return { ...settings, intent: undefined }
  const own = Object.hasOwn(settings.requests, intent) ? settings.requests[intent] : undefined
  return { ...settings, ...own, intent }
}
