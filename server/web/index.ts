import { Router } from 'express'
import { type Database, ping } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import { type Clock, SECOND_MS } from '../time.ts'
import { allowOnly } from './errors.ts'
import { problems } from './problems.ts'
import type { Views } from './views.ts'

export { type Assets, AssetsMissing, openAssets } from './assets.ts'
export { readBody, readFields } from './body.ts'
export { compress } from './compress.ts'
export { refuseCrossSite } from './cross-site.ts'
export { allowOnly, answerProblem, refuseUnknownPath } from './errors.ts'
export { neverCached, securityHeaders } from './headers.ts'
export { localeOf } from './locale.ts'
export { createLog, type Logger, logRequests } from './log.ts'
export { addressOf, limitRate } from './rate-limit.ts'
export { parseStrictJson } from './strict-json.ts'
export { openViews, sendPrivatePage, type Views } from './views.ts'

const PROBE_LIFE_MS = SECOND_MS // a probe is a write: strangers don't decide how often the disk is waited for

interface Deps {
  db: Database
  clock: Clock
  views: Views
}

/** Alive, able to serve, and what an error means. */
export function webRoutes({ db, clock, views }: Deps): Router {
  const router = Router()
  let probe: Promise<void> = Promise.resolve()
  let probedAt = Number.NEGATIVE_INFINITY

  function probeStorage(): Promise<void> {
    const now = performance.now() // never set back, as a clock can be
    if (now - probedAt < PROBE_LIFE_MS) return probe
    probedAt = now
    probe = ping(db, clock.now())
    return probe
  }

  router
    .route('/healthz')
    .get((_req, res) => {
      res.type('text').send('ok\n')
    })
    .all(allowOnly('GET'))

  router
    .route('/readyz')
    .get(async (_req, res) => {
      await probeStorage()
      res.type('text').send('ready\n')
    })
    .all(allowOnly('GET'))

  router
    .route('/problems/:code')
    .get((req, res) => {
      const { code } = req.params
      if (!Object.hasOwn(problems, code))
        throw new ShopError('page-not-found', `No problem is called ${code}`)
      res.send(views.render('web/explanation', { code, ...problems[code as ErrorCode] }))
    })
    .all(allowOnly('GET'))

  return router
}
