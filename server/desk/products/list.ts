import type { Request, Response } from 'express'
import { formatMoney } from '../../../money/index.ts'
import { findBuyer } from '../../access/index.ts'
import {
  type Catalog,
  hasPasses,
  isFaulty,
  kindOf,
  listAll,
  listMissing,
  listOffSale,
  lookAtListed,
  type Product,
  showPrices,
} from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { findProductRevenue, type ProductRevenue } from '../../summaries/index.ts'
import { en, type Language } from '../../texts/index.ts'
import { languageOf } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'

const PLACED_FAULT = /^(.*?:\d+): (.*)$/s // path and line, and what is wrong there

/** Lists what the catalogue holds and what is wrong with it, and what each product has brought. */
export async function showProducts(shop: Shop, req: Request, res: Response): Promise<void> {
  readQuery(req, z.strictObject({}))
  const { catalog } = shop
  const language = languageOf(req)
  const { products: brought, isBehind } = await findProductRevenue(shop.db)
  const takings = groupByProduct(brought)
  const listed = await Promise.all(
    listAll(catalog).map((product) => present(shop, product, takings.get(product.slug), language)),
  )
  for (const { slug } of listed) takings.delete(slug)
  sendDeskPage(shop, req, res, 'desk/products/list', {
    folder: catalog.folder,
    products: listed,
    gone: [...takings].map(([slug, rows]) => ({
      slug,
      isFaulty: isFaulty(catalog, slug),
      orders: ordersOf(slug),
      holders: shop.gone.holders.get(slug),
      ...presentTakings(rows, language),
    })),
    faults: presentFaults(catalog),
    missing: await listMissing(catalog),
    isBehind,
    hasPasses: hasPasses(catalog),
    isBuyersBrowser: (await findBuyer(shop, req)) !== undefined,
  })
}

function groupByProduct(all: readonly ProductRevenue[]): Map<string, ProductRevenue[]> {
  const groups = new Map<string, ProductRevenue[]>()
  for (const each of all) groups.set(each.product, [...(groups.get(each.product) ?? []), each])
  return groups
}

async function present(
  { catalog }: Shop,
  product: Product,
  takings: readonly ProductRevenue[] | undefined,
  language: Language,
) {
  const { slug, title, lang } = product
  return {
    slug,
    title,
    lang,
    kind: kindOf(product).name,
    prices: showPrices(product, language),
    isAvailable: await lookAtListed(catalog, product),
    status: product.status,
    ...presentTakings(takings ?? [], language),
    orders: ordersOf(slug),
    stranger: `/products/${slug}`,
    buyer: `/desk/products/${slug}/goods`,
  }
}

/** Currencies stand beside each other, and are never added. */
function presentTakings(takings: readonly ProductRevenue[], { locale }: Language) {
  const sum = (times: 'sold' | 'free') => takings.reduce((total, each) => total + each[times], 0)
  return {
    sold: sum('sold'),
    free: sum('free'),
    revenue: takings
      .filter(({ sold, refunded }) => sold > 0 || refunded > 0)
      .map(({ revenue: hundredths, currency }) => formatMoney({ hundredths, currency }, locale)),
  }
}

function ordersOf(slug: string): string {
  return `/desk/orders?${new URLSearchParams({ product: slug })}`
}

function presentFaults(catalog: Catalog) {
  const offSale = listOffSale(catalog).faults
  const { offSale: notForSale, stopsStart } = en.desk.products
  return [
    ...catalog.identity.faults.map((fault) => ({ fault, badge: stopsStart })),
    ...catalog.faults.map((fault) => ({ fault, badge: offSale.includes(fault) ? notForSale : undefined })),
  ].map(({ fault, badge }) => {
    const [, place = '', message = fault] = PLACED_FAULT.exec(fault) ?? []
    return { place, message, badge }
  })
}
