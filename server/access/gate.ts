import type { Request } from 'express'
import * as db from '../../db/index.ts'
import {
  hasPasses,
  isSlug,
  type PaidContent,
  type Product,
  readPaidContent,
  scopesOf,
} from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS } from '../time.ts'
import { browserOf } from './cookie.ts'

const NOTED_EVERY_MS = 10 * MINUTE_MS // a page, its pictures and its file are one look

/** What a holder gets, and the order that gave it. */
export interface Opened {
  content: PaidContent
  purchase: db.OpenPurchase
}

/**
 * Opens the one gate. The paid pages and files of buyers go through here, whatever the route or format: a browser whose
 * buyer holds an entitlement for the product now, by itself or by a pass, gets its content, every other gets undefined.
 */
export async function openGate(shop: Shop, req: Request, product: Product): Promise<Opened | undefined> {
  const browser = browserOf(shop, req)
  if (browser === undefined) return undefined
  const purchase = await db.findPurchase(shop.db, browser, scopesOf(product), rightNow(shop).today)
  const content = purchase && readPaidContent(shop.catalog, product.slug)
  return content && { content, purchase }
}

/** Returns whether this browser's buyer has what the product at this slug gives, also if it is no longer in the catalogue. */
export async function holdsProduct(shop: Shop, req: Request, slug: string): Promise<boolean> {
  const browser = browserOf(shop, req)
  if (browser === undefined || !isSlug(slug)) return false
  return db.holdsProduct(shop.db, browser, slug, rightNow(shop).today)
}

/** Finds what this visitor's passes open now, as scopes. It is one question, whatever number of products that is. */
export async function findOpenScopes(shop: Shop, req: Request): Promise<ReadonlySet<string>> {
  return new Set(await askOfPasses(shop, req, db.findOpenScopes))
}

/** Finds the purchase by which a pass opens one of these scopes to this visitor now, for longest. */
export async function findLongest(
  shop: Shop,
  req: Request,
  scopes: readonly string[],
): Promise<db.OpenPurchase | undefined> {
  return askOfPasses(shop, req, (database, browser, today) =>
    db.findPurchase(database, browser, scopes, today),
  )
}

/** Finds the local day, later than today, on which a pass of this visitor's begins to open one of these scopes. Undefined if one is open. */
export async function findBeginning(
  shop: Shop,
  req: Request,
  scopes: readonly string[],
): Promise<number | undefined> {
  const day = await askOfPasses(shop, req, (database, browser, today) =>
    db.findFirstDay(database, browser, scopes, today),
  )
  return day !== undefined && day > rightNow(shop).today ? day : undefined
}

/**
 * Asks nothing for a browser without a cookie, nor in a shop that has no pass and has lost no product that it sold: a pass whose
 * file is gone goes on opening. While the database is unavailable, there is no answer: it is only for marks and notes.
 */
async function askOfPasses<T>(
  shop: Shop,
  req: Request,
  find: (db: db.Database, browser: string, today: number) => Promise<T>,
): Promise<T | undefined> {
  const mayHave = hasPasses(shop.catalog) || shop.gone.holders.size > 0
  const browser = mayHave ? browserOf(shop, req) : undefined
  if (browser === undefined) return undefined
  try {
    return await find(shop.db, browser, rightNow(shop).today)
  } catch (error) {
    if (error instanceof db.DatabaseUnavailable) return undefined
    throw error
  }
}

/**
 * Opens the same gate by the merchant's right, so that they see what a buyer sees. The audit log says so first; a session of
 * the desk that has ended opens nothing.
 */
export async function openForMerchant(
  { db: database, catalog, clock }: Shop,
  { session }: { session: string },
  { slug }: Product,
): Promise<PaidContent | undefined> {
  const action = { what: 'goods-opened', subject: `product:${slug}`, session }
  const isOpen = await db.noteOpening(database, action, { now: clock.now(), quietMs: NOTED_EVERY_MS })
  return isOpen ? readPaidContent(catalog, slug) : undefined
}
