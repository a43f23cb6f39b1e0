import type { Request, Response } from 'express'
import {
  type ActionRow,
  type BuyersRight,
  type DeskBuyer,
  endpointOf,
  findActionsOn,
  findBrowsersOf,
  findDeskBuyer,
  findHeldByBuyer,
  findKeyScopesOf,
  findOpenToBuyer,
  findRightsOf,
  type HeldByBuyer,
  type HeldPlace,
  productOf,
  SCOPE_OF_ALL,
  tagOf,
} from '../../../db/index.ts'
import { languageOfTitle } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow, writeDay } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import * as z from '../../zod.ts'
import { formToken, sendDeskPage } from '../access/index.ts'
import { showCameOrDue } from '../amounts.ts'
import { buyerLinkPurpose } from '../order/index.ts'
import { readQuery } from '../read-request.ts'
import { shorten } from '../shorten.ts'

export type BuyerId = { id: string }

export const MOST_BROWSERS = 100
const MOST_RIGHTS = 200
const MOST_ACTIONS = 100
const HELD = { limit: 50, lookedAt: 5_000 }
const ID = /^[0-9a-f]+(-[0-9a-f]+)*$/
const PLACE = /^(\d{1,15})\.([\w-]{1,80})$/ // since when an order is held, and its id
const SHORT_HASH = 8 // digits: enough to tell the browsers of one buyer apart

const query = z.strictObject({
  after: z.string().regex(PLACE).optional(),
  done: z.enum(['signed-out']).optional(),
})

/** Finds the buyer of a page. Throws page-not-found. */
export async function getBuyer({ db }: Shop, { params: { id } }: Request<BuyerId>): Promise<DeskBuyer> {
  const buyer = id.length <= 80 && ID.test(id) ? await findDeskBuyer(db, id) : undefined
  if (!buyer) throw new ShopError('page-not-found', (t) => t.noBuyer())
  return buyer
}

/** What people call a browser, of which the shop knows only the hash of its secret. */
export function nameOfBrowser(secretHash: string): string {
  return secretHash.slice(0, SHORT_HASH)
}

/** Shows what a buyer holds, in which browsers, and what they can open. */
export async function showBuyer(shop: Shop, req: Request<BuyerId>, res: Response): Promise<void> {
  const { after, done } = readQuery(req, query)
  const { id, createdAt } = await getBuyer(shop, req)
  const { db, config } = shop
  const { today } = rightNow(shop)
  const [browsers, keys, held, rights, actions, open] = await Promise.all([
    findBrowsersOf(db, id, MOST_BROWSERS),
    findKeyScopesOf(db, id),
    findHeldByBuyer(db, id, { ...HELD, limit: HELD.limit + 1 }, parsePlace(after)),
    findRightsOf(db, id, MOST_RIGHTS),
    findActionsOn(db, id, MOST_ACTIONS),
    findOpenToBuyer(db, id),
  ])
  const shown = held.slice(0, HELD.limit)
  const path = `/desk/buyers/${id}`
  sendDeskPage(shop, req, res, 'desk/buyers/buyer', {
    id,
    shortId: shorten(id),
    since: showAt(createdAt, config.timeZone),
    done: done && en.desk.buyers.done[done],
    browsers: browsers.map(({ secretHash, createdAt: at }) => ({
      name: nameOfBrowser(secretHash),
      since: showAt(at, config.timeZone),
      signOut: `${path}/sign-out?browser=${secretHash}`,
    })),
    keys:
      keys.length > 0
        ? en.desk.buyers.one.keys(keys.map((scope) => `/api/${endpointOf(scope)}`).join(', '))
        : undefined,
    orders: shown.map((order) => presentOrder(shop, order)),
    older: held.length > HELD.limit ? pathAfter(path, shown.at(-1)) : undefined,
    newest: after === undefined ? undefined : path,
    rights: rights.map((right) => presentRight(right, today)),
    cutShort: rights.length === MOST_RIGHTS ? en.desk.buyers.one.isCutShort(MOST_RIGHTS) : undefined,
    history: actions.map((action) => ({
      what: describeAction(action),
      at: showAt(action.actedAt, config.timeZone),
    })),
    link:
      open === undefined
        ? undefined
        : { action: `${path}/links`, form: formToken(shop, req, buyerLinkPurpose(id)) },
  })
}

function parsePlace(text: string | undefined): HeldPlace | undefined {
  const [, at, id] = PLACE.exec(text ?? '') ?? []
  return at && id ? { at: Number(at), id } : undefined
}

function pathAfter(path: string, last: HeldByBuyer | undefined): string | undefined {
  return last && `${path}?after=${last.heldSince}.${last.id}`
}

function presentOrder({ catalog, config }: Shop, order: HeldByBuyer) {
  return {
    href: `/desk/orders/${order.id}`,
    title: order.title,
    lang: languageOfTitle(catalog, order.product),
    amount: showCameOrDue(order),
    state: order.state,
    since: showAt(order.heldSince, config.timeZone),
    acquiredBy: en.desk.buyers.one.acquiredBy[order.acquiredBy],
  }
}

function presentRight(right: BuyersRight, today: number) {
  const { scope, order, untilDay, calls } = right
  const { one } = en.desk.buyers
  return {
    name: nameOfScope(scope),
    until: untilDay === undefined ? one.forever : writeDay(untilDay - 1),
    calls: calls && en.apiKeys.left(calls.left, calls.bought),
    badge: badgeOf(right, today),
    order: { shortId: shorten(order), href: `/desk/orders/${order}` },
  }
}

function nameOfScope(scope: string): string {
  const { scopes } = en.desk.buyers.one
  const [product, tag, endpoint] = [productOf(scope), tagOf(scope), endpointOf(scope)]
  if (product !== undefined) return scopes.product(product)
  if (tag !== undefined) return scopes.tag(tag)
  if (endpoint !== undefined) return scopes.calls(endpoint)
  return scope === SCOPE_OF_ALL ? scopes.all : scope
}

/** Why the buyer's browsers can't open this now; undefined if they can. */
function badgeOf({ fromDay, untilDay, isRevoked }: BuyersRight, today: number): string | undefined {
  const { one } = en.desk.buyers
  if (isRevoked) return one.revoked
  if (untilDay !== undefined && untilDay <= today) return one.ended
  return fromDay !== undefined && fromDay > today ? one.waiting : undefined
}

function describeAction({ what, after }: ActionRow): string {
  const { actions } = en.desk.buyers
  if (what === 'browser-signed-out') return actions[what](String(after?.reason))
  return what === 'link-issued' ? actions[what] : what
}
