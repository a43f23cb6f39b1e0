import { type Request, type Response, Router } from 'express'
import { ShopError } from '../errors.ts'
import { answerHealth, answerReadiness, type HealthDeps, noProbe } from './health.ts'
import { inWords, languageOf, shareWithReaders } from './language.ts'
import { allowOnly } from './methods.ts'
import { isErrorCode, problemIn } from './problems.ts'
import type { Views } from './views.ts'

/** Whether the process is alive and can serve. Programs ask that, so no language is loaded unless there is an error. */
export function healthRoutes(deps: HealthDeps): Router {
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
  return router
}

/** What each error means. */
export function problemRoutes(deps: { views: Views }): Router {
  const router = Router()
  router
    .route('/problems/:code')
    .get((req, res) => explainProblem(deps, req, res))
    .all(allowOnly('GET'))
  return router
}

function explainProblem({ views }: { views: Views }, req: Request<{ code: string }>, res: Response): void {
  const { code } = req.params
  if (!isErrorCode(code)) throw new ShopError('page-not-found', ({ noProblem }) => noProblem(code))
  const language = languageOf(req)
  const problem = problemIn(code, language.texts)
  shareWithReaders(res)
  res.send(views.render('web/explanation', { ...inWords(language), code, ...problem }))
}
