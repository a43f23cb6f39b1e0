import type { RequestHandler } from 'express'
import { once } from '../once.ts'
import type { Shop } from '../shop.ts'
import { isDeskOpen } from './entrance.ts'

export { hasLocalDesk } from './entrance.ts'
export { reportGone } from './report-gone.ts'

/**
 * The merchant's desk, or nothing where there is none, as if no path began like that. Its pages are loaded for their first
 * visitor, so that a start needn't wait for them: docs/decisions/022-memory-at-rest.md.
 */
export function deskRoutes(shop: Shop): RequestHandler {
  const pages = once(async () => (await import('./pages.ts')).deskPages(shop))
  return async (req, res, next) => {
    if (!isDeskOpen(shop, req)) return next()
    const desk = await pages()
    desk(req, res, next)
  }
}

/** Makes a one-time link into the desk. `issuedBy`: the command, for the audit log. */
export async function issueDeskLink(
  shop: Pick<Shop, 'config' | 'db' | 'clock'>,
  issuedBy: string,
): Promise<string> {
  const access = await import('./access/index.ts')
  return access.issueDeskLink(shop, issuedBy)
}

/** Ends all streams of the list of orders for good, so that the server can stop. */
export function endStreams({ live }: Pick<Shop, 'live'>): void {
  live.isStopped = true
  clearTimeout(live.timer)
  for (const { res } of live.streams) res.end()
}
