import { Router } from 'express'
import type { Database } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import { allowOnly } from './errors.ts'
import { problems } from './problems.ts'

export { AssetsMissing, openAssets } from './assets.ts'
export { compress } from './compress.ts'
export { createBoundedServer } from './connections.ts'
export { allowOnly, answerProblem, refuseUnknownPath } from './errors.ts'
export { refuseForeign } from './foreign.ts'
export { neverCached, securityHeaders } from './headers.ts'
export { addressOf, limitRate } from './limits.ts'
export { createLog, type Logger, logRequests } from './log.ts'
export { isSentAs } from './media-type.ts'

/** Alive, able to serve, and what an error means. */
export function opsRoutes({ db }: { db: Pick<Database, 'ping'> }): Router {
  const router = Router()

  router
    .route('/healthz')
    .get((_req, res) => {
      res.type('text').send('ok\n')
    })
    .all(allowOnly('GET'))

  router
    .route('/readyz')
    .get(async (_req, res) => {
      await db.ping()
      res.type('text').send('ready\n')
    })
    .all(allowOnly('GET'))

  router
    .route('/problems/:code')
    .get((req, res) => {
      const { code } = req.params
      if (!Object.hasOwn(problems, code))
        throw new ShopError('page-not-found', `No problem is called ${code}`)
      res.render('ops/explanation', { code, ...problems[code as ErrorCode] })
    })
    .all(allowOnly('GET'))

  return router
}
