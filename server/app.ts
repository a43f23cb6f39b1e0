import express, { type RequestHandler } from 'express'
import { apiRoutes } from './api/index.ts'
import { identityOf, lookForChanges } from './catalog/index.ts'
import { deskRoutes, reportGone } from './desk/index.ts'
import { metricsRoutes } from './metrics/index.ts'
import { receiveWebhooks, webhookRoutes } from './orders/index.ts'
import {
  checkoutRoutes,
  couponRoutes,
  discoveryRoutes,
  freeOrderRoutes,
  identityRoutes,
  languageRoutes,
  noteSeller,
  pictureRoutes,
  productRoutes,
  purchaseRoutes,
  storefrontRoutes,
  tagRoutes,
} from './pages/index.ts'
import type { Shop } from './shop.ts'
import {
  type App,
  allowOnly,
  answerProblem,
  countAnswers,
  healthRoutes,
  logRequests,
  messagesOf,
  problemRoutes,
  readLanguageOfErrors,
  readLanguages,
  refuseCrossSite,
  refuseUnknownPath,
  securityHeaders,
  watchAddresses,
  watchProxy,
} from './web/index.ts'

/** Composes the shop's routes into one app. Never listens. */
export function createApp(shop: Shop): App {
  const { config, log, assets, catalog } = shop
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')

  app.use(logRequests(log), countAnswers(shop.tally, [assets.path, '/desk']), securityHeaders(config))
  const readLanguage = readLanguages(() => identityOf(catalog).lang)
  app.use(healthRoutes(shop), readLanguageOfErrors(readLanguage), readLanguage)
  app.use(webhookRoutes(shop)) // before the body parsers and the cross-site check: Code's deliveries carry no Origin
  app.use(assets.path, allowOnly('GET'), assets.handler)
  app.use(watchAddresses(shop), refuseCrossSite(config), watchProxy(config, log))
  if (catalog.reload) app.use(followChanges(shop))
  app.use(
    storefrontRoutes(shop),
    productRoutes(shop),
    pictureRoutes(shop),
    checkoutRoutes(shop),
    couponRoutes(shop),
    freeOrderRoutes(shop),
    purchaseRoutes(shop),
    identityRoutes(shop),
    languageRoutes(shop),
    discoveryRoutes(shop),
    tagRoutes(shop),
    apiRoutes(shop),
    problemRoutes(shop),
  )
  app.use(metricsRoutes(shop))
  app.use('/desk', deskRoutes(shop))
  app.use(refuseUnknownPath, answerProblem(shop))
  return { handler: receiveWebhooks(shop, app), messages: messagesOf(app) }
}

/** Lets a saved product file be for sale at the next request. */
function followChanges(shop: Shop): RequestHandler {
  return async (_req, _res, next) => {
    await lookForChanges(shop.catalog)
    if (shop.sellers.noted !== identityOf(shop.catalog).seller) await noteSeller(shop)
    if (shop.gone.lookedAt !== shop.catalog.contents) void reportGone(shop)
    next()
  }
}
