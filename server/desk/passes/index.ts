import { type Request, type Response, Router } from 'express'
import { type EndingOrder, type EndingPlace, findEndingOrders } from '../../../db/index.ts'
import { rightNow, writeDay } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'
import { shorten } from '../shorten.ts'

const SHOWN = 100
const PATH = '/desk/passes'
const PLACE = /^(\d{1,6})\.([\w-]{1,80})$/ // the day on which an order's right has ended, and its id
const query = z.strictObject({ after: z.string().regex(PLACE).optional() })

/** Which passes run, and when they end. */
export function passesRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/passes')
    .get((req, res) => showPasses(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function showPasses(shop: Shop, req: Request, res: Response): Promise<void> {
  const { after } = readQuery(req, query)
  const { today } = rightNow(shop)
  const found = await findEndingOrders(shop.db, parsePlace(after) ?? { day: today + 1, order: '' }, SHOWN + 1)
  const shown = found.slice(0, SHOWN)
  sendDeskPage(shop, req, res, 'desk/passes/list', {
    passes: shown.map((pass) => present(pass, today)),
    later: found.length > SHOWN ? pathAfter(shown.at(-1)) : undefined,
    first: after === undefined ? undefined : PATH,
  })
}

function parsePlace(text: string | undefined): EndingPlace | undefined {
  const [, day, order] = PLACE.exec(text ?? '') ?? []
  return day && order ? { day: Number(day), order } : undefined
}

function pathAfter(last: EndingOrder | undefined): string | undefined {
  return last && `${PATH}?after=${last.untilDay}.${last.order}`
}

function present({ order, title, buyer, fromDay, untilDay, isRenewed }: EndingOrder, today: number) {
  return {
    title,
    from: writeDay(fromDay),
    last: writeDay(untilDay - 1),
    daysLeft: untilDay - Math.max(fromDay, today),
    isWaiting: fromDay > today,
    isRenewed,
    order: { shortId: shorten(order), href: `/desk/orders/${order}` },
    buyer: { shortId: shorten(buyer), href: `/desk/buyers/${buyer}` },
  }
}
