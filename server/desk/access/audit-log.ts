import { type Request, type Response, Router } from 'express'
import { type ActionRow, findActions } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { allowOnly } from '../../web/index.ts'
import { nameBrowser } from './browser-name.ts'
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
    actions: shown.map((action) => present(shop, action)),
    older: found.length > shown.length ? `/desk/audit-log?before=${shown.at(-1)?.id}` : undefined,
    isContinued: place !== undefined,
  })
}

function parsePlace(text: unknown): string | undefined {
  if (text === undefined) return undefined
  if (typeof text === 'string' && PLACE.test(text)) return text
  throw new ShopError('request-invalid', (t) => t.noSuchPlace())
}

function present({ config }: Shop, { what, subject, session, browser, before, after, actedAt }: ActionRow) {
  const { actions, browserOn, noBrowser } = en.desk.access
  return {
    what: (actions as Record<string, string>)[what] ?? what,
    subject,
    by: session === undefined ? noBrowser : browserOn(nameBrowser(browser ?? '')),
    at: showAt(actedAt, config.timeZone),
    changes: compare(before, after),
  }
}

/** Returns each fact with what it was before and after, as text. */
function compare(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.map((name) => ({ name, before: asText(before[name]), after: asText(after[name]) }))
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
