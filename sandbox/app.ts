import { fileURLToPath } from 'node:url'
import express, { type Express } from 'express'
import { allowOnly, answerProblem, refuseUnknownPath } from './answer-problem.ts'
import type { Remedies, Report } from './events.ts'
import { type Faults, faultRoutes, injectFaults } from './faults/index.ts'
import { frameRoutes } from './frames/index.ts'
import {
  allowEveryone,
  isLocal,
  protectPages,
  refuseCrossSite,
  refuseStrangers,
  refuseUnknownHosts,
} from './guard.ts'
import { jsonRoutes } from './json/index.ts'
import { type Sequencer, sequencerRoutes } from './sequencer/index.ts'
import type { State } from './state/index.ts'
import { nameCaller, type Traces, traceRoutes } from './trace/index.ts'
import { useViews } from './views.ts'
import { deliveryRoutes, showHome, type Wallet, walletRoutes } from './wallet/index.ts'

const PUBLIC = fileURLToPath(new URL('./public', import.meta.url))
const REFUSED_SHOWN = 10

interface Deps {
  sequencer: Sequencer
  wallet: Wallet
  state: State
  faults: Faults
  traces: Traces
  publicKey: string
  baseUrl: string
  origins: readonly string[]
  shops: readonly string[]
  /** The shop's own */
  language(): string | undefined
  allowsWebhookTo(url: URL): boolean
  remedies: Remedies
  hidesDeliveries: boolean
  report: Report
}

/** Serves all addresses of the sandbox. `/v1/api` comes before the guards, since it is as open as Code's own. */
export function createSandboxApp({
  sequencer,
  wallet,
  state,
  faults,
  traces,
  publicKey,
  baseUrl,
  origins,
  shops,
  language,
  allowsWebhookTo,
  remedies,
  hidesDeliveries,
  report,
}: Deps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  useViews(app)
  const guard = hidesDeliveries ? refuseStrangers : allowEveryone

  app.use((req, res, next) => {
    res.locals.showsDeliveries = !hidesDeliveries || isLocal(req) // and traces: for the views
    next()
  })
  app.use('/v1/elements', frameRoutes({ baseUrl, shops, language }))
  app.use(sequencerRoutes(sequencer, nameCaller, injectFaults({ faults, report })))
  const refuseHost = refuseUnknownHosts([baseUrl, ...origins], remedies.host)
  const refuseSite = refuseCrossSite(origins)
  app.use(jsonRoutes({ sequencer, faults, report, allowsWebhookTo }, refuseHost, refuseSite))
  app.use(refuseHost, protectPages(shops), refuseSite)
  app.use(express.static(PUBLIC, { index: false, redirect: false }))
  app.get('/', (req, res) =>
    showHome(req, res, state, {
      endpoint: `${baseUrl}/v1`,
      publicKey,
      faults: faults.get(),
      refused: traces.intentsWithoutRequest(REFUSED_SHOWN),
    }),
  )
  app.get('/key', (_req, res) => void res.json({ publicKey }))
  app.use(
    walletRoutes({ wallet, requests: state.requests, shops, language, sequencer, allowsWebhookTo, remedies }),
  )
  app.use(faultRoutes({ faults }))
  app.use(traceRoutes({ traces, findRequest: wallet.findRequest }, guard))
  app.use(deliveryRoutes({ wallet, deliveries: state.deliveries, allowsWebhookTo, remedies }, guard))
  app.all(['/', '/key'], allowOnly('GET'))
  app.use(refuseUnknownPath, answerProblem(report, language))
  return app
}
