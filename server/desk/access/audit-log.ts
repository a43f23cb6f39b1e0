import { type Request, type Response, Router } from 'express'
import { findActions } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { describeAction } from './describe-action.ts'
import { sendDeskPage } from './page.ts'

const SHOWN_ACTIONS = 50
const PLACE = /^[0-9a-f]{12}(?:-[0-9a-f]{4,12}){5}$/

/** What was done at the desk, newest first. */
export function auditLogRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/audit-log')
    .get((req, res) => showAuditLog(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function showAuditLog(shop: Shop, req: Request, res: Response): Promise<void> {
  const place = parsePlace(req.query.before)
  const found = await findActions(shop.db, SHOWN_ACTIONS + 1, place)
  const shown = found.slice(0, SHOWN_ACTIONS)
  sendDeskPage(shop, req, res, 'desk/access/audit-log', {
    actions: shown.map((action) => describeAction(action, shop.config.timeZone)),
    older: found.length > shown.length ? `/desk/audit-log?before=${shown.at(-1)?.id}` : undefined,
    isContinued: place !== undefined,
  })
}

function parsePlace(text: unknown): string | undefined {
  if (text === undefined) return undefined
  if (typeof text === 'string' && PLACE.test(text)) return text
  throw new ShopError('request-invalid', (t) => t.noSuchPlace())
}
