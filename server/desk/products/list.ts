import type { Request, Response } from 'express'
import { formatMoney } from '../../../money/index.ts'
import { findBuyer } from '../../access/index.ts'
import { asCard, kindOf, listProducts, lookAtGoods, type Product } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { findProductRevenue } from '../../summaries/index.ts'
import type { Language } from '../../texts/index.ts'
import { languageOf } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'

const PLACED_FAULT = /^(.*?:\d+): (.*)$/s // path and line, and what is wrong there

/** What a product has brought in one currency: how often it was sold, and revenue in hundredths. */
export interface Takings {
  product: string
  currency: string
  sold: number
  hundredths: number
}

/** Lists what the catalogue holds and what is wrong with it, and what each product has brought. */
export async function showProducts(shop: Shop, req: Request, res: Response): Promise<void> {
  readQuery(req, z.strictObject({}))
  const { catalog } = shop
  const language = languageOf(req)
  const takings = groupByProduct(await findTakings(shop))
  const listed = await Promise.all(
    listProducts(catalog).map((product) => present(shop, product, takings.get(product.slug), language)),
  )
  for (const { slug } of listed) takings.delete(slug)
  sendDeskPage(shop, req, res, 'desk/products/list', {
    folder: catalog.folder,
    products: listed,
    gone: [...takings].map(([slug, rows]) => ({
      slug,
      orders: ordersOf(slug),
      ...presentTakings(rows, language),
    })),
    faults: catalog.faults.map(presentFault),
    missing: [...catalog.missing],
    isBuyersBrowser: (await findBuyer(shop, req)) !== undefined,
  })
}

async function findTakings({ db }: Shop): Promise<Takings[]> {
  const { products } = await findProductRevenue(db)
  return products.map(({ product, currency, sold, revenue }) => ({
    product,
    currency,
    sold,
    hundredths: revenue,
  }))
}

function groupByProduct(all: readonly Takings[]): Map<string, Takings[]> {
  const groups = new Map<string, Takings[]>()
  for (const each of all) groups.set(each.product, [...(groups.get(each.product) ?? []), each])
  return groups
}

async function present(
  { catalog }: Shop,
  product: Product,
  takings: readonly Takings[] | undefined,
  language: Language,
) {
  const { slug, title, lang, price } = asCard(product, 0, language)
  return {
    slug,
    title,
    lang,
    kind: kindOf(product).name,
    price,
    isAvailable: await lookAtGoods(catalog, product),
    ...presentTakings(takings ?? [], language),
    orders: ordersOf(slug),
    stranger: `/products/${slug}`,
    buyer: `/desk/products/${slug}/goods`,
  }
}

/** Currencies stand beside each other, and are never added. */
function presentTakings(takings: readonly Takings[], { locale }: Language) {
  return {
    sold: takings.reduce((sum, { sold }) => sum + sold, 0),
    revenue: takings.map((each) => formatMoney(each, locale)),
  }
}

function ordersOf(slug: string): string {
  return `/desk/orders?${new URLSearchParams({ product: slug })}`
}

function presentFault(fault: string) {
  const [, place = '', message = fault] = PLACED_FAULT.exec(fault) ?? []
  return { place, message }
}
