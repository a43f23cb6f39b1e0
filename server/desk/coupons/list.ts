import { join } from 'node:path'
import type { Request, Response } from 'express'
import { type CouponStanding, findCouponStanding, findUsedCoupons } from '../../../db/index.ts'
import { formatMoney, formatPercent } from '../../../money/index.ts'
import { type Coupon, couponsOf } from '../../catalog/index.ts'
import { localDayOf } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import type { Language } from '../../texts/index.ts'
import { languageOf } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'
import { CODE } from './coupon-page.ts'

const PATH = '/desk/coupons'
const SHOWN_REMOVED = 100
/** Uses that are counted for a coupon without a limit, so that a popular one takes no longer than others */
const MOST_COUNTED = 10_000

const query = z.strictObject({ after: z.string().regex(CODE).optional() })

/**
 * Lists the coupons of the file with their uses, and below them, by their codes, those that were used and aren't in it any more.
 * Its other parts have only more of those.
 */
export async function showCoupons(shop: Shop, req: Request, res: Response): Promise<void> {
  const { after } = readQuery(req, query)
  const { catalog } = shop
  const coupons = couponsOf(catalog)
  const removed = await findRemoved(shop, coupons, after)
  const shown = removed.slice(0, SHOWN_REMOVED)
  const language = languageOf(req)
  sendDeskPage(shop, req, res, 'desk/coupons/list', {
    path: join(catalog.folder, 'coupons.yaml'),
    faults: catalog.coupons.faults,
    coupons: after ? [] : await Promise.all(coupons.map((coupon) => present(shop, coupon, language))),
    removed: await Promise.all(shown.map((code) => presentRemoved(shop, code, language))),
    first: after && PATH,
    more: removed.length > SHOWN_REMOVED ? `${PATH}?after=${shown.at(-1)}` : undefined,
  })
}

/** Finds one more than are shown, or all that there are. */
async function findRemoved({ db }: Shop, coupons: readonly Coupon[], after = ''): Promise<string[]> {
  const known = new Set(coupons.map(({ code }) => code))
  const used = await findUsedCoupons(db, after, known.size + SHOWN_REMOVED + 1)
  return used.filter((code) => !known.has(code))
}

async function present(shop: Shop, coupon: Coupon, language: Language) {
  const standing = await findStanding(shop, coupon.code)
  return {
    ...asRow(standing, coupon.uses, language),
    off: asOff(coupon, language),
    goods: asGoods(coupon, language),
    when: asWhen(coupon, language),
    state: stateOf(coupon, standing, localDayOf(shop.clock.now(), shop.config.timeZone), language),
  }
}

async function presentRemoved(shop: Shop, code: string, language: Language) {
  return asRow(await findStanding(shop, code), undefined, language)
}

function findStanding({ db, clock }: Shop, code: string): Promise<CouponStanding> {
  return findCouponStanding(db, code, MOST_COUNTED + 1, clock.now())
}

function asRow(
  { coupon, taken, reserved, over }: CouponStanding,
  uses: number | undefined,
  { texts }: Language,
) {
  const { coupons: words } = texts.desk
  const shown = taken > MOST_COUNTED && uses === undefined ? words.atLeast(MOST_COUNTED) : String(taken)
  return {
    code: coupon,
    href: `${PATH}/${coupon}`,
    taken: uses === undefined ? shown : words.of(shown, uses),
    reserved,
    over,
  }
}

/** Returns what a coupon takes off, for people. */
function asOff({ off }: Coupon, { locale }: Language): string {
  return 'basisPoints' in off ? formatPercent(off.basisPoints, locale) : formatMoney(off, locale)
}

function asGoods({ products, tags }: Coupon, { texts }: Language): string {
  const { coupons: words } = texts.desk
  if (products) return words.products(products)
  return tags ? words.tags(tags) : words.everything
}

function asWhen({ from, until }: Coupon, { texts }: Language): string {
  const { coupons: words } = texts.desk
  if (from && until) return words.fromUntil(from, until)
  if (from) return words.from(from)
  return until ? words.until(until) : words.always
}

/** Why a coupon can't be used now; undefined if it can. */
function stateOf(
  { from, until, uses }: Coupon,
  { taken, reserved }: CouponStanding,
  today: string,
  { texts }: Language,
): string | undefined {
  const { states } = texts.desk.coupons
  if (from !== undefined && today < from) return states.early
  if (until !== undefined && today > until) return states.ended
  if (uses === undefined || taken + reserved < uses) return undefined
  return taken < uses ? states.reserved : states.usedUp
}
