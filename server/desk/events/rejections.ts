import type { Request, Response } from 'express'
import { findRejections, type RejectionCount } from '../../../db/index.ts'
import { REJECTIONS_KEPT_MS } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'

const MOST_SHOWN = 1_000

/** Shows how many deliveries failed verification, by hour and reason. */
export async function showRejections(shop: Shop, req: Request, res: Response): Promise<void> {
  readQuery(req, z.strictObject({}))
  const since = shop.clock.now() - REJECTIONS_KEPT_MS
  const found = await findRejections(shop.db, { since, limit: MOST_SHOWN + 1 })
  sendDeskPage(shop, req, res, 'desk/events/rejections', {
    rejections: found.slice(0, MOST_SHOWN).map((count) => present(shop, count)),
    isCutShort: found.length > MOST_SHOWN,
  })
}

function present({ config }: Shop, { hour, reason, count }: RejectionCount) {
  const problems: Record<string, { title: string }> = en.problems
  return { hour: showAt(hour, config.timeZone), reason: problems[reason]?.title ?? reason, count }
}
