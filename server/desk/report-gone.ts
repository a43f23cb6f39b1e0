import { extname } from 'node:path'
import { findProduct, isFaulty } from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { findProductRevenue } from '../summaries/index.ts'
import { DAY_MS, MINUTE_MS } from '../time.ts'
import { noticeOf } from '../web/index.ts'

const COUNTER = new URL(`./count-holders${extname(import.meta.url)}`, import.meta.url) // .ts, or .js in the build
const TOPIC = 'gone'
const RETRY_MS = MINUTE_MS // a database that is too busy to count has to serve the shop meanwhile

/**
 * Says which products have been sold and aren't in the catalogue any more, with how many buyers hold each: none of them can open
 * its page. To be called whenever the catalogue has been read. `changed`: a product that is counted again, as all are on another
 * day, since passes end and calls are used up. Never rejects: what has failed is tried again after a minute.
 */
export function reportGone(shop: Shop, changed?: string): Promise<void> {
  const { catalog, gone } = shop
  gone.lookedAt = catalog.contents
  gone.looking = gone.looking.then(() => lookForGone(shop, changed)) // an earlier count must not overwrite a later one
  return gone.looking
}

/** Counts a product's buyers again if it is gone, since the merchant has changed who can open it. */
export function reportAgain(shop: Shop, slug: string): void {
  if (isGone(shop, slug)) void reportGone(shop, slug)
}

async function lookForGone(shop: Shop, changed: string | undefined): Promise<void> {
  const { gone, log } = shop
  clearTimeout(gone.timer)
  try {
    const slugs = await findGone(shop)
    const { today } = rightNow(shop)
    for (const slug of gone.holders.keys()) if (!slugs.has(slug)) gone.holders.delete(slug)
    for (const slug of slugs)
      if (slug === changed || gone.countedOn !== today || !gone.holders.has(slug))
        gone.holders.set(slug, await report(shop, slug, today))
    gone.countedOn = today
    if (slugs.size > 0) gone.timer = setTimeout(reportGone, DAY_MS, shop).unref()
  } catch (error) {
    if (changed !== undefined) gone.holders.delete(changed)
    log.warn(
      { err: error },
      'products whose files are gone could not be looked for; the shop tries again in a minute',
    )
    gone.timer = setTimeout(reportGone, RETRY_MS, shop).unref()
  }
  showNotice(shop)
}

async function findGone(shop: Shop): Promise<Set<string>> {
  const { products } = await findProductRevenue(shop.db)
  return new Set(products.map(({ product }) => product).filter((slug) => isGone(shop, slug)))
}

function isGone({ catalog }: Shop, slug: string): boolean {
  return !findProduct(catalog, slug) && !isFaulty(catalog, slug)
}

/** Counts a product's buyers, and alerts if there are more than were known: each start knows of none. */
async function report(shop: Shop, slug: string, today: number): Promise<number> {
  const { db, catalog, gone, log } = shop
  const argument = { product: slug, today }
  let holders = 0
  for await (const part of db.streamText({ url: COUNTER, argument })) holders += Number(part)
  if (holders > (gone.holders.get(slug) ?? 0))
    log.error({ alert: true, product: slug, holders }, sayGone(catalog.folder, slug, holders))
  return holders
}

function showNotice({ gone, notices, catalog: { folder } }: Shop): void {
  const lines = [...gone.holders].filter(([, holders]) => holders > 0)
  if (lines.length > 0)
    notices.set(TOPIC, noticeOf(lines.map(([slug, holders]) => sayGone(folder, slug, holders))))
  else notices.delete(TOPIC)
}

function sayGone(folder: string, slug: string, holders: number): string {
  const who = holders === 1 ? '1 buyer holds it and' : `${holders} buyers hold it and`
  return `the product ${slug} is no longer in ${folder}/: ${who} can’t open its page. Put its file back, with "sold: false" if you no longer sell it; or, if you have renamed it, write "slug: ${slug}" into the file`
}
