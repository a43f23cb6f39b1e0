import { type Request, type Response, Router } from 'express'
import { type EarlierOrder, findOpenElsewhere, findPaidElsewhere } from '../../../db/index.ts'
import { formatMoney } from '../../../money/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { DAY_MS, showAt } from '../../time.ts'
import { allowOnly } from '../../web/index.ts'
import { sendDeskPage } from '../access/index.ts'

const [SHOWN, READ] = [100, 5_000]
const PAID_WITHIN_MS = 30 * DAY_MS
const READ_FOR_NOTICE = 1_000 // the overview only says that there are some

/** The orders of buyers who knew the shop by an address that it doesn't have any more. */
export function addressRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/addresses')
    .get((req, res) => showAddresses(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

/** Returns whether some orders that open something were paid lately at another address of the shop, and no link was issued for them. */
export async function hasBuyersElsewhere(shop: Shop, now: number): Promise<boolean> {
  if (!knowsAddresses(shop)) return false
  const found = await findPaidElsewhere(shop.db, {
    webhookUrl: shop.config.webhookUrl() ?? '',
    since: now - PAID_WITHIN_MS,
    limit: SHOWN,
    read: READ_FOR_NOTICE,
  })
  return found.some(({ opensSomething, isLinked }) => opensSomething && !isLinked)
}

/** Orders keep the address of their webhook. The embedded sandbox's is local, and says nothing about the buyers' address. */
function knowsAddresses({ config }: Shop): boolean {
  return !config.embeddedSandbox
}

async function showAddresses(shop: Shop, req: Request, res: Response): Promise<void> {
  if (!knowsAddresses(shop)) return sendDeskPage(shop, req, res, 'desk/addresses/unknown', {})
  const { db, config, clock } = shop
  const limits = { webhookUrl: config.webhookUrl() ?? '', limit: SHOWN + 1, read: READ }
  const [paid, open] = await Promise.all([
    findPaidElsewhere(db, { ...limits, since: clock.now() - PAID_WITHIN_MS }),
    findOpenElsewhere(db, limits),
  ])
  const present = (order: EarlierOrder) => asLine(order, config.timeZone)
  sendDeskPage(shop, req, res, 'desk/addresses/list', {
    url: config.url(),
    paid: paid.slice(0, SHOWN).map(present),
    open: open.slice(0, SHOWN).map(present),
    more: Math.max(paid.length, open.length) > SHOWN ? texts.more(SHOWN) : undefined,
  })
}

const texts = en.desk.addresses

function asLine(order: EarlierOrder, timeZone: string) {
  const href = `/desk/orders/${order.id}`
  return {
    title: order.title,
    href,
    linkHref: `${href}/link`,
    link: order.isLinked ? texts.anotherLink : texts.link,
    at: showAt(order.at, timeZone),
    amount: formatMoney(order),
    host: new URL(order.webhookUrl).host,
  }
}
