import { type Request, type Response, Router } from 'express'
import { findLastAutomaticBackup, findLastBackup } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { DAYS_SHOWN, localDays, readFigures } from '../../summaries/index.ts'
import { showAt } from '../../time.ts'
import { allowOnly } from '../../web/index.ts'
import { sendDeskPage } from '../access/index.ts'
import { findAttention } from './attention.ts'
import { presentFigures } from './figures.ts'
import { drawRevenue } from './picture.ts'

/** What came lately, and what needs the merchant now. */
export function overviewRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/')
    .get((req, res) => showOverview(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function showOverview(shop: Shop, req: Request, res: Response): Promise<void> {
  const now = shop.clock.now()
  const days = localDays(now, shop.config.timeZone, DAYS_SHOWN)
  const [last, automatic] = await Promise.all([findLastBackup(shop.db), findLastAutomaticBackup(shop.db)])
  const [found, attention] = await Promise.all([
    readFigures(shop.db, days),
    findAttention(shop, now, { last, automatic }),
  ])
  sendDeskPage(shop, req, res, 'desk/overview/overview', {
    attention,
    backup: last && showAt(last.madeAt, shop.config.timeZone),
    backsUp: shop.config.backups.everyMs !== undefined,
    isBehind: found.isBehind,
    isTest: shop.config.mode === 'sandbox',
    figures: presentFigures(found.days),
    pictures: drawRevenue(days, found.days),
  })
}
