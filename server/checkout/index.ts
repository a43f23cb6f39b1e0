import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database, HeldOrder } from '../../db/index.ts'
import { asReceipt, assertCodeFits, type Buyers } from '../buyers/index.ts'
import { asGoods, type Catalog, findProduct, type OpenGate } from '../catalog/index.ts'
import type { Config } from '../config/index.ts'
import { ShopError } from '../errors.ts'
import { type Payments, parseIntentId } from '../payments/index.ts'
import type { Clock } from '../time.ts'
import {
  allowOnly,
  type Logger,
  localeOf,
  neverCached,
  readFields,
  sendPrivatePage,
  type Views,
} from '../web/index.ts'
import { sendHosts } from './hosts.ts'
import { createPlaceOrder } from './place-order.ts'

const LARGEST_ORDER = 1_024 // bytes
const createIntentRequest = z.strictObject({ product: z.string().max(200) })

interface Deps {
  config: Pick<Config, 'destination' | 'url' | 'elementsUrl' | 'browserEndpoint'>
  db: Database
  payments: Payments
  catalog: Catalog
  openGate: OpenGate
  buyers: Buyers
  clock: Clock
  log: Logger
  views: Views
}

/** From the button to the goods: the intent, the state of an order, the pages to which a wallet returns. */
export function checkoutRoutes({
  config,
  db,
  payments,
  catalog,
  openGate,
  buyers,
  clock,
  log,
  views,
}: Deps): Router {
  const router = Router()
  const placeOrder = createPlaceOrder({ config, db, payments, clock, log })
  const limitLooks = buyers.limitReaders()

  router.route('/hosts.js').get(sendHosts(config)).all(allowOnly('GET'))

  router
    .route('/create-intent')
    .post(buyers.limitBuyers(), neverCached, async (req: Request, res: Response) => {
      const { product: slug } = parseCreateIntent(await readFields(req, LARGEST_ORDER))
      const product = findProduct(catalog, slug)
      if (!product) throw new ShopError('product-not-found', `No product is called ${slug}`)
      const { hundredths, ...offer } = await placeOrder(await buyers.ensureBuyer(req, res), product)
      res.json({ ...offer, amount: hundredths })
    })
    .all(allowOnly('POST'))

  router
    .route('/intents/:id')
    .get(limitLooks, neverCached, async (req: Request<{ id: string }>, res: Response) => {
      const intent = parseIntentId(req.params.id)
      res.json(asState(await lookAtOrder(intent, await buyers.findBuyer(req))))
    })
    .all(allowOnly('GET'))

  router
    .route('/success/:id')
    .get(limitLooks, neverCached, async (req: Request<{ id: string }>, res: Response) => {
      const intent = parseIntentId(req.params.id)
      const buyer = await buyers.findBuyer(req)
      if (req.query.redeem === undefined) return showOrder(req, res, buyer, await lookAtOrder(intent, buyer))
      if (await findHeldOrder(intent, buyer)) return res.redirect(303, `/success/${intent}`)
      return offerRedemption(req, res, intent)
    })
    .all(allowOnly('GET'))

  router
    .route('/cancel')
    .get((req, res) => {
      const product = findProduct(catalog, String(req.query.product))
      const back = product ? `/products/${product.slug}` : '/'
      res.send(views.render('checkout/cancel', { title: product?.title, back }))
    })
    .all(allowOnly('GET'))

  async function findHeldOrder(intent: string, buyer: string | undefined): Promise<HeldOrder | undefined> {
    return buyer === undefined ? undefined : db.findHeldOrder(intent, buyer)
  }

  /** The order, if this buyer holds it; an unpaid one is asked about now. Throws order-not-found. */
  async function lookAtOrder(intent: string, buyer: string | undefined): Promise<HeldOrder> {
    const found = await findHeldOrder(intent, buyer)
    if (!found) throw new ShopError('order-not-found', 'This browser does not hold such an order')
    if (found.paidAt !== undefined) return found
    await payments.checkOnLook(intent)
    return (await findHeldOrder(intent, buyer)) ?? found
  }

  async function showOrder(
    req: Request,
    res: Response,
    buyer: string | undefined,
    order: HeldOrder,
  ): Promise<void> {
    const product = findProduct(catalog, order.product) // it may have been taken out of the shop since
    const opened = product && (await openGate(buyer, product))
    const page = views.render('checkout/success', {
      receipt: asReceipt(order, localeOf(req)),
      goods: opened && asGoods(product, opened.content),
    })
    sendPrivatePage(res, page)
  }

  /** Changes nothing: mail programs and messengers open links too. The button on the page posts to /redemptions. */
  async function offerRedemption(req: Request, res: Response, intent: string): Promise<void> {
    const code = String(req.query.redeem)
    await assertCodeFits(db, intent, code, clock.now())
    buyers.ensureCookie(req, res)
    sendPrivatePage(res, views.render('checkout/redeem', { intent, code }))
  }

  return router
}

function parseCreateIntent(body: unknown): { product: string } {
  const parsed = createIntentRequest.safeParse(body)
  if (!parsed.success)
    throw new ShopError(
      'request-invalid',
      'An order is { "product": "<slug>" } and nothing else; the price comes from the catalogue',
    )
  return parsed.data
}

function asState({ intent, product, hundredths, currency, paidAt }: HeldOrder) {
  return {
    id: intent,
    state: paidAt === undefined ? 'pending' : 'paid',
    product,
    amount: hundredths,
    currency,
    ...(paidAt !== undefined && { paidAt: new Date(paidAt).toISOString() }),
  }
}
