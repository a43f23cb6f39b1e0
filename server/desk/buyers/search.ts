import type { Request, Response } from 'express'
import { findBuyersByPrefix } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { showAt } from '../../time.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'

const SHOWN = 50
const ID_PART = /^[0-9a-f-]{0,80}$/

const idPart = z.string().trim().toLowerCase().regex(ID_PART)
const query = z.strictObject({ id: idPart.default(''), before: idPart.optional() })

/** Lists the buyers whose ids begin with what was typed, the newest first; or shows the form again, if no id begins so. */
export async function showBuyers(shop: Shop, req: Request, res: Response): Promise<void> {
  const { id: typed } = req.query
  const isMistyped = typeof typed === 'string' && !idPart.safeParse(typed).success
  if (isMistyped && req.accepts(['json', 'html']) === 'html')
    return sendDeskPage(shop, req, res.status(400), 'desk/buyers/search', { typed })
  await sendBuyers(shop, req, res)
}

async function sendBuyers(shop: Shop, req: Request, res: Response): Promise<void> {
  const { id: prefix, before } = readQuery(req, query)
  const found = await findBuyersByPrefix(shop.db, prefix, SHOWN + 1, before)
  const shown = found.slice(0, SHOWN)
  const last = found.length > SHOWN ? shown.at(-1) : undefined
  sendDeskPage(shop, req, res, 'desk/buyers/search', {
    typed: prefix,
    buyers: shown.map(({ id, createdAt }) => ({
      id,
      href: `/desk/buyers/${id}`,
      since: showAt(createdAt, shop.config.timeZone),
    })),
    older: last && `/desk/buyers?${new URLSearchParams({ ...(prefix && { id: prefix }), before: last.id })}`,
  })
}
