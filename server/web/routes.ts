import { type Response, Router } from 'express'
import { type ErrorCode, ShopError } from '../errors.ts'
import { answerHealth, answerReadiness, type HealthDeps, noProbe } from './health.ts'
import { allowOnly } from './methods.ts'
import { problems } from './problems.ts'
import type { Views } from './views.ts'

interface Deps extends HealthDeps {
  views: Views
}

/** Whether the process is alive and can serve, and what each error means. */
export function webRoutes(deps: Deps): Router {
  const router = Router()
  const probe = noProbe()
  router
    .route('/healthz')
    .get((_req, res) => answerHealth(res))
    .all(allowOnly('GET'))
  router
    .route('/readyz')
    .get((_req, res) => answerReadiness(deps, probe, res))
    .all(allowOnly('GET'))
  router
    .route('/problems/:code')
    .get((req, res) => explainProblem(deps, req.params.code, res))
    .all(allowOnly('GET'))
  return router
}

function explainProblem({ views }: Deps, code: string, res: Response): void {
  if (!Object.hasOwn(problems, code))
    throw new ShopError('page-not-found', ({ noProblem }) => noProblem(code))
  res.send(views.render('web/explanation', { code, ...problems[code as ErrorCode] }))
}
