import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import express from 'express'
import type { Database } from '../db/index.ts'
import { createBuyers } from './buyers/index.ts'
import { catalogRoutes, createGate, openCatalog } from './catalog/index.ts'
import { checkoutRoutes } from './checkout/index.ts'
import type { Config } from './config/index.ts'
import type { Payments } from './payments/index.ts'
import type { Clock } from './time.ts'
import {
  answerProblem,
  compress,
  type Logger,
  logRequests,
  openAssets,
  openViews,
  refuseCrossSite,
  refuseUnknownPath,
  securityHeaders,
  webRoutes,
} from './web/index.ts'

const VIEWS = fileURLToPath(new URL('../views', import.meta.url))
const BUILT = fileURLToPath(new URL('../public/built', import.meta.url))

interface Deps {
  config: Config
  db: Database
  payments: Payments
  clock: Clock
  log: Logger
}

/** Composes the rooms into one app. Never listens. Throws CatalogError. */
export function createApp({ config, db, payments, clock, log }: Deps): RequestListener {
  const catalog = openCatalog({ folder: config.catalogFolder, reload: !config.production, log })
  const openGate = createGate({ catalog, db, clock })
  const assets = openAssets({ folder: BUILT, reload: !config.production })
  const views = openViews({
    folder: VIEWS,
    reload: !config.production,
    shared: { sandboxed: config.mode === 'sandbox', asset: assets.asset },
  })
  const buyers = createBuyers({ config, db, clock, views })
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')

  app.use(logRequests(log), securityHeaders(config))
  app.use(payments.webhook.routes()) // before every body parser, and before what looks at where a request comes from
  app.use(assets.handler, compress())
  app.use(refuseCrossSite(config.origins))
  app.use(catalogRoutes({ catalog, openGate, buyers, config, views }))
  app.use(checkoutRoutes({ config, db, payments, catalog, openGate, buyers, clock, log, views }))
  app.use(buyers.routes(), webRoutes({ db, clock, views }))
  app.use(refuseUnknownPath, answerProblem({ log, views }))
  return payments.webhook.receiveBefore(app)
}
