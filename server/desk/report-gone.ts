import { extname } from 'node:path'
import { findProduct, isFaulty } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { findProductRevenue } from '../summaries/index.ts'

const COUNTER = new URL(`./count-holders${extname(import.meta.url)}`, import.meta.url) // .ts, or .js in the build
const TOPIC = 'gone'

/**
 * Says which products have been sold and aren't in the catalogue any more, with how many buyers hold each: none of them can open
 * it. Once for each product; to be called whenever the catalogue has been read. Never rejects.
 */
export async function reportGone(shop: Shop): Promise<void> {
  const { catalog, gone, log } = shop
  gone.lookedAt = catalog.contents
  try {
    const slugs = await findGone(shop)
    for (const slug of gone.holders.keys()) if (!slugs.has(slug)) gone.holders.delete(slug)
    for (const slug of slugs) if (!gone.holders.has(slug)) gone.holders.set(slug, await report(shop, slug))
  } catch (error) {
    gone.lookedAt = undefined
    log.warn({ err: error }, 'products whose files are gone could not be looked for')
  }
  showNotice(shop)
}

async function findGone({ db, catalog }: Shop): Promise<Set<string>> {
  const { products } = await findProductRevenue(db)
  const slugs = products.map(({ product }) => product)
  return new Set(slugs.filter((slug) => !findProduct(catalog, slug) && !isFaulty(catalog, slug)))
}

async function report({ db, catalog: { folder }, log }: Shop, slug: string): Promise<number> {
  let count = ''
  for await (const text of db.streamText({ url: COUNTER, argument: { scope: `product:${slug}` } }))
    count += text
  const holders = Number(count)
  if (holders > 0) log.error({ alert: true, product: slug, holders }, sayGone(folder, slug, holders))
  return holders
}

function showNotice({ gone, notices, catalog: { folder } }: Shop): void {
  const lines = [...gone.holders].filter(([, holders]) => holders > 0)
  if (lines.length > 0)
    notices.set(TOPIC, lines.map(([slug, holders]) => sayGone(folder, slug, holders)).join('\n'))
  else notices.delete(TOPIC)
}

function sayGone(folder: string, slug: string, holders: number): string {
  const who = holders === 1 ? '1 buyer holds it and' : `${holders} buyers hold it and`
  return `the product ${slug} is no longer in ${folder}/: ${who} can’t open it. Put its file back, with "sold: false" if you no longer sell it`
}
