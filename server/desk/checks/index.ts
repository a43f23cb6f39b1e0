import { type Request, type Response, Router } from 'express'
import { CHECK_VERDICTS, type Finding } from '../../checks/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { allowOnly } from '../../web/index.ts'
import { sendDeskPage } from '../access/index.ts'

const texts = en.desk.checks

/** What was found wrong or right after the start. */
export function checksRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/checks')
    .get((req, res) => showChecks(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

function showChecks(shop: Shop, req: Request, res: Response): void {
  const { report } = shop.examination
  sendDeskPage(shop, req, res, 'desk/checks/checks', {
    lead: report ? texts.lead : shop.config.mode === 'live' ? texts.running : texts.sandbox,
    made: report && showAt(Date.parse(report.at), shop.config.timeZone),
    findings: worstFirst(report?.findings ?? []).map((finding) => ({
      ...finding,
      name: texts.verdicts[finding.verdict],
    })),
  })
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return CHECK_VERDICTS.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict))
}
