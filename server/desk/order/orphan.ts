import type { Request, Response } from 'express'
import { findOrphan, honourOrphan, newId, type Orphan } from '../../../db/index.ts'
import type { Money } from '../../../money/index.ts'
import { findProduct, kindOf, LONGEST_SLUG, listAll, type Product } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow } from '../../local-days.ts'
import { taxOf } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { isCurrency } from '../amounts.ts'
import { readDeskForm } from '../read-request.ts'
import { fields } from './fields.ts'
import { issueOrderLink } from './link.ts'
import { linkToOrder } from './link-to-order.ts'
import { readerOf, showMoney, showTime } from './reader.ts'
import { showLink } from './show-link.ts'

type Digest = { digest: string }

const DIGEST = /^[0-9a-f]{64}$/
const orphanForm = z.strictObject({
  form: fields.form,
  product: z.string().max(LONGEST_SLUG),
  reason: fields.reason,
})

const purposeOf = (digest: string) => `honour event ${digest}`

/** Shows the form with which the merchant chooses what the buyer of an orphaned event gets. */
export async function showOrphanForm(shop: Shop, req: Request<Digest>, res: Response): Promise<void> {
  sendForm(shop, req, res, { event: await getOrphan(shop, req.params.digest) })
}

interface OrphanPage {
  event: Orphan
  /** The product that is chosen already */
  chosen?: string
  isProductMissing?: boolean
  reason?: string
  isReasonMissing?: boolean
}

function priceIn(currency: string, { prices }: Product): Money | undefined {
  return prices.find(({ price }) => price.currency === currency)?.price
}

function sendForm(shop: Shop, req: Request, res: Response, { event, ...entered }: OrphanPage): void {
  const reader = readerOf(shop, req)
  sendDeskPage(shop, req, res, 'desk/order/orphan', {
    href: `/desk/events/${event.digest}`,
    form: formToken(shop, req, purposeOf(event.digest)),
    event: {
      amount: showMoney(event, reader),
      destination: event.destination,
      intent: event.intent,
      seen: showTime(event.firstSeenAt, reader),
    },
    products: listAll(shop.catalog).map((product) => ({
      slug: product.slug,
      name: `${product.title}, ${showMoney(priceIn(event.currency, product) ?? product.price, reader)}`,
    })),
    ...entered,
  })
}

/**
 * Makes a paid order of a new buyer, and shows the link with which the buyer gets it. Throws order-changed if the event is used,
 * or the shop has its order again.
 */
export async function postOrphan(shop: Shop, req: Request<Digest>, res: Response): Promise<void> {
  const { form, product: slug, reason } = await readDeskForm(req, orphanForm)
  const event = await getOrphan(shop, req.params.digest)
  if (slug === '') return sendForm(shop, req, res.status(422), { event, reason, isProductMissing: true })
  const product = findProduct(shop.catalog, slug)
  if (!product) throw new ShopError('product-not-found', (t) => t.noProduct(slug))
  if (reason === '')
    return sendForm(shop, req, res.status(422), { event, chosen: slug, isReasonMissing: true })
  await spendForm(shop, req, purposeOf(event.digest), form)
  const order = await honour(shop, res, { event, product, reason })
  const link = await issueOrderLink(shop, res, { order, linksBefore: 0 })
  const from = linkToOrder(shop, { id: order, product: product.slug, title: product.title })
  await showLink(shop, req, res, { ...link, order, from })
}

async function honour(
  shop: Shop,
  res: Response,
  { event, product, reason }: { event: Orphan; product: Product; reason: string },
): Promise<string> {
  const at = rightNow(shop)
  const order = newId(at.now)
  const { slug, kind, title } = product
  const price = priceIn(event.currency, product) ?? event
  const { rate, label } = taxOf(shop.catalog, product)
  const honoured = {
    id: order,
    buyer: newId(at.now),
    product: slug,
    kind,
    title,
    taxRate: rate,
    taxLabel: rate === 0 ? null : label,
    listHundredths: price.hundredths, // in the currency that came
    grants: kindOf(product).grants(product),
    event: event.digest,
    reason,
  }
  const action = {
    what: 'orphan-honoured',
    subject: order,
    session: merchantOf(res).session,
    before: { event: event.digest },
    after: { product: slug, hundredths: event.hundredths, currency: event.currency, reason },
  }
  if (await honourOrphan(shop.db, honoured, action, at)) return order
  await getOrphan(shop, event.digest) // throws what has changed meanwhile
  throw new ShopError('order-changed', (t) => t.eventUsed())
}

/** Throws page-not-found, or order-changed if there is nothing to honour any more. */
async function getOrphan(shop: Shop, digest: string): Promise<Orphan> {
  const event = await findHonourable(shop, digest)
  if (!event) throw new ShopError('page-not-found', (t) => t.noOrphan())
  if (event.isUsed) throw new ShopError('order-changed', (t) => t.eventUsed())
  if (event.hasIntent) throw new ShopError('order-changed', (t) => t.orphanHasOrder())
  return event
}

/** Finds an orphaned event that the merchant can honour: it says what it paid, in a currency that the shop knows. */
export async function findHonourable({ db }: Shop, digest: string): Promise<Orphan | undefined> {
  const event = DIGEST.test(digest) ? await findOrphan(db, digest) : undefined
  return event && isCurrency(event.currency) ? event : undefined
}
