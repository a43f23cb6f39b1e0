import { type Request, type Response, Router } from 'express'
import type { Registry } from 'prom-client'
import { ShopError } from '../errors.ts'
import { once } from '../once.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, hasBearer, isLocalRequest } from '../web/index.ts'

/** The figures that Prometheus reads. Its library takes memory, so it is loaded for the first request that may read them. */
export function metricsRoutes(shop: Shop): Router {
  const router = Router()
  const registry = once(async () => (await import('./exposition.ts')).openRegistry(shop))
  router
    .route('/metrics')
    .get(async (req, res) => {
      assertMayRead(shop, req, res)
      await sendMetrics(await registry(), res)
    })
    .all(allowOnly('GET'))
  return router
}

/**
 * Throws metrics-closed unless a program has sent one of the tokens. Where there is none, only this machine has such a page,
 * and only in sandbox mode: throws page-not-found for others.
 */
function assertMayRead({ config }: Shop, req: Request, res: Response): void {
  const { metricsToken, exportToken, mode } = config
  if (hasBearer(req, metricsToken) || hasBearer(req, exportToken)) return
  if (metricsToken === undefined && exportToken === undefined) {
    if (mode === 'sandbox' && isLocalRequest(req)) return
    throw new ShopError('page-not-found', ({ nothingAt }) => nothingAt(req.path))
  }
  res.set('WWW-Authenticate', 'Bearer realm="metrics"')
  throw new ShopError('metrics-closed', ({ noMetricsToken }) => noMetricsToken())
}

async function sendMetrics(registry: Registry, res: Response): Promise<void> {
  const text = await registry.metrics()
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Content-Type', registry.contentType)
  res.end(text) // Express would compute an ETag, which nothing ever compares
}
