import { type Request, type Response, Router } from 'express'
import type { OrderTerms } from '../../db/index.ts'
import { formatPercent } from '../../money/index.ts'
import {
  ensureCookie,
  limitReaders,
  type Opened,
  openGate,
  sendDownload,
  setTestCookie,
  takeRefusedCode,
} from '../access/index.ts'
import {
  asGoods,
  asHeading,
  asPage,
  type Coupon,
  forReader,
  inFreeCurrency,
  kindOf,
  listTagsOf,
  lookAtGoods,
  type Product,
  withCoupon,
} from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { termsOf } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import {
  allowOnly,
  inWords,
  languageOf,
  leadProblemsBack,
  neverCached,
  sendPrivatePage,
} from '../web/index.ts'
import { asCoupon, isCouponable } from './coupon-entry.ts'
import { asHead, describeProduct, pictureOfProduct } from './discovery/index.ts'
import { noteDownload } from './first-download.ts'
import { assertAvailable, assertShown, notBought } from './for-sale.ts'
import { findKeptCoupon } from './kept-coupon.ts'
import { getVisited } from './no-product.ts'
import { findNotes, type Notes } from './notes.ts'
import { allowPauses, type Pauses } from './pauses.ts'
import { asReceipt } from './receipt.ts'
import { showChain, type Timed } from './windows.ts'

/** The page of each product: its preview and a button, or what was paid for; and its files. */
export function productRoutes(shop: Shop): Router {
  const router = Router()
  const pauses: Pauses = new Map()
  router
    .route('/products/:slug')
    .get(neverCached, (req, res) => showProduct(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/products/:slug/file')
    .get(limitReaders(shop, 'downloads'), neverCached, (req: Request<Slug>, res: Response) =>
      sendFile(shop, pauses, req, res),
    )
    .all(allowOnly('GET'))
  return router
}

type Slug = {
  slug: string
}

async function showProduct(shop: Shop, req: Request<Slug>, res: Response): Promise<void> {
  const product = await getVisited(shop, req, req.params.slug)
  const isAvailable = (await lookAtGoods(shop.catalog, product)) && product.status === 'sold'
  const opened = await openGate(shop, req, product)
  if (!opened) assertShown(shop, product)
  ensureCookie(shop, req, res) // the button needs it, and each visit extends a buyer's cookie
  const language = languageOf(req)
  const isOffered = kindOf(product).canBuyAgain || (asksForOffer(req) && canBuy(product, opened))
  if (opened && !isOffered) return sendPrivatePage(res, openedPage(shop, product, opened, language))
  setTestCookie(shop, res)
  const coupon = await findKeptCoupon(shop, req, product)
  const notes = await findNotes(shop, req, product, { opened, language })
  const refused = takeRefusedCode(shop, req, res, product.slug)
  sendPrivatePage(res, offerPage(shop, product, { language, isAvailable, notes, coupon, refused }))
}

function asksForOffer({ query }: Request): boolean {
  return query.offer !== undefined
}

/** Whether a visitor can buy a product: who has it, only if it can be bought again; what a pass has opened, for good. */
function canBuy(product: Product, opened: Opened | undefined): boolean {
  return !opened || kindOf(product).canBuyAgain || opened.purchase.window !== undefined
}

/** The address at which a visitor is offered a product. Without the query, what a pass has opened is shown there. */
export function offerPath(product: Product, opened: Opened | undefined): string {
  const path = `/products/${product.slug}`
  return opened && !kindOf(product).canBuyAgain && canBuy(product, opened) ? `${path}?offer` : path
}

/** Returns the page of a product that the gate has opened. Only what says by which purchase differs between holders. */
export function openedPage(
  shop: Pick<Shop, 'catalog' | 'sellers' | 'views'> & Timed,
  product: Product,
  opened: Opened,
  language: Language,
): Buffer {
  const { content, purchase } = opened
  const { texts, code } = language
  const isByPass = purchase.window !== undefined
  const own = shop.views.render(isByPass ? 'catalog/by-pass' : 'partials/receipt', {
    receipt: asReceipt(shop, purchase, language),
    window: showChain(shop, purchase, language),
    offer: product.status === 'sold' ? offerPath(product, opened) : undefined,
    ...inWords(language),
  })
  const view = isByPass ? 'catalog/opened-by-pass' : 'catalog/opened'
  return shop.views.renderAround(own, { key: content, variant: code }, view, () => ({
    product: asHeading(product, texts),
    goods: asGoods(product, content, texts),
    ...inWords(language),
  }))
}

/** How a product is offered: `refused` is the code of a coupon, as it was just entered, that can't be used for it. */
interface Look {
  language: Language
  isAvailable: boolean
  notes: Notes
  coupon: Coupon | undefined
  refused: string | undefined
}

/** Returns the page of a product for those who don't have it, at its price with their coupon. */
function offerPage(
  shop: Shop,
  product: Product,
  { language, isAvailable, notes, coupon, refused }: Look,
): string {
  const { slug, title, summary: description, picture } = product
  const offered = coupon ? inFreeCurrency(product, coupon, language.locale) : product
  const terms = termsOf(shop, forReader(offered, language.locale), coupon)
  return shop.views.render('catalog/product', {
    product: asPage(coupon ? withCoupon(offered, coupon) : offered, language),
    coupon:
      isAvailable && isCouponable(shop, product)
        ? { ...asCoupon(offered, coupon, language), refused }
        : undefined,
    isAvailable,
    tags: listTagsOf(shop.catalog, product),
    head: asHead(shop, {
      path: `/products/${slug}`,
      title,
      description,
      picture,
      titlePicture: pictureOfProduct(shop, product),
    }),
    schemaHtml: describeProduct(shop, product, isAvailable),
    offer: asTerms(terms, language),
    previewHtml: product.previewHtml,
    ...notes,
    ...inWords(language),
  })
}

/** What a page says of the terms that its button needs as well. */
function asTerms(terms: OrderTerms, { texts, locale }: Language) {
  const { taxRate, taxLabel } = terms
  return {
    tax: taxLabel === null ? undefined : texts.product.includesTax(formatPercent(taxRate, locale), taxLabel),
    ...terms,
  }
}

async function sendFile(shop: Shop, pauses: Pauses, req: Request<Slug>, res: Response): Promise<void> {
  const product = await getVisited(shop, req, req.params.slug)
  const opened = await openGate(shop, req, product)
  if (!opened) assertShown(shop, product)
  leadProblemsBack(res, `/products/${product.slug}`)
  if (!product.file) throw new ShopError('page-not-found', ({ noFile }) => noFile(product.title))
  if (!opened?.content.file) throw notBought(product)
  await assertAvailable(shop, product)
  allowPauses(pauses, req, res)
  await sendDownload(res, opened.content.file)
  noteDownload(shop, req, res, opened.purchase.id)
}
