import type { Request, Response } from 'express'
import { openForMerchant, sendDownload, sendPaidPicture } from '../../access/index.ts'
import {
  asGoods,
  asHeading,
  findProduct,
  lookAtGoods,
  lookAtPicture,
  type PaidContent,
  type Product,
} from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { inWords, languageOf, sendPrivatePage } from '../../web/index.ts'
import { merchantOf } from '../access/index.ts'

export type Slug = { slug: string }
export type Name = { name: string }

/** Shows what a buyer sees, but for the receipt: in the frame of the shop, and with a line that says whose look it is. */
export async function showGoods(shop: Shop, req: Request<Slug>, res: Response): Promise<void> {
  const { product, content } = await open(shop, req, res)
  await lookAtGoods(shop.catalog, product)
  const language = languageOf(req)
  const { texts } = language
  const page = shop.views.render('desk/products/goods', {
    ...inWords(language),
    product: asHeading(product, texts),
    goods: atDesk(product, content, asGoods(product, content, texts)),
    thanksHtml: product.thanksHtml,
    stranger: `/products/${product.slug}`,
    isInOneLanguage: true, // the desk's
  })
  sendPrivatePage(res, page)
}

/** Sends the file that a buyer gets. */
export async function sendFile(shop: Shop, req: Request<Slug>, res: Response): Promise<void> {
  const { product, content } = await open(shop, req, res)
  if (!content.file) throw new ShopError('page-not-found', (t) => t.noFile(product.title))
  await sendDownload(res, content.file)
}

/** Sends a picture of the paid content. */
export async function sendGoodsPicture(shop: Shop, req: Request<Slug & Name>, res: Response): Promise<void> {
  const { content } = await open(shop, req, res)
  const { name } = req.params
  const picture = content.pictures.get(name)
  const now = picture && (await lookAtPicture(shop.catalog, picture))
  if (!now) throw new ShopError('page-not-found', (t) => t.noPicture(name))
  sendPaidPicture(res, now)
}

/** Opens the gate by the merchant's right. Throws product-not-found, and sign-in-required for a session that has just ended. */
async function open(
  shop: Shop,
  { params: { slug } }: Request<Slug>,
  res: Response,
): Promise<{ product: Product; content: PaidContent }> {
  const product = findProduct(shop.catalog, slug)
  if (!product) throw new ShopError('product-not-found', (t) => t.noProduct(slug))
  const content = await openForMerchant(shop, merchantOf(res), product)
  if (!content) throw new ShopError('sign-in-required', (t) => t.notSignedIn())
  return { product, content }
}

/** Leads to the desk's own addresses of the file and the pictures, since a buyer's open only for a buyer. */
function atDesk(
  { slug }: Product,
  { pictures }: PaidContent,
  goods: ReturnType<typeof asGoods>,
): ReturnType<typeof asGoods> {
  const [theirs, ours] = [`/products/${slug}/pictures/`, `/desk/products/${slug}/goods/pictures/`]
  const paidHtml = [...pictures.keys()].reduce(
    (html, name) => html.replaceAll(`src="${theirs}${name}"`, `src="${ours}${name}"`),
    goods.paidHtml,
  )
  return {
    ...goods,
    paidHtml,
    file: goods.file && { ...goods.file, href: `/desk/products/${slug}/goods/file` },
  }
}
