import { type Request, type Response, Router } from 'express'
import { openGate, sendPaidPicture, sendPicture } from '../access/index.ts'
import { findPicture, lookAtPicture, type Picture, type PictureNow } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, leadProblemsBack, neverCached } from '../web/index.ts'
import { assertShown, notBought } from './for-sale.ts'
import { getProduct } from './no-product.ts'

/** The pictures of products: those that everybody may see, and those that are paid for. */
export function pictureRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/products/:slug/pictures/:name')
    .get(neverCached, (req: Request<Slug & Name>, res: Response) => showPaidPicture(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/pictures/:name')
    .get((req, res) => showPicture(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

type Slug = {
  slug: string
}

type Name = {
  name: string
}

async function showPicture(shop: Shop, req: Request<Name>, res: Response): Promise<void> {
  sendPicture(res, await readPicture(shop, req.params.name, findPicture(shop.catalog, req.params.name)))
}

/** Sends a picture of the paid content. */
async function showPaidPicture(shop: Shop, req: Request<Slug & Name>, res: Response): Promise<void> {
  const product = getProduct(shop, req.params.slug)
  const opened = await openGate(shop, req, product)
  if (!opened) assertShown(shop, product)
  leadProblemsBack(res, `/products/${product.slug}`)
  if (!opened) throw notBought(product)
  const { name } = req.params
  sendPaidPicture(res, await readPicture(shop, name, opened.content.pictures.get(name)))
}

async function readPicture({ catalog }: Shop, name: string, picture?: Picture): Promise<PictureNow> {
  if (!picture) throw new ShopError('page-not-found', (t) => t.noPicture(name))
  const now = await lookAtPicture(catalog, picture)
  if (!now) throw new ShopError('product-unavailable', (t) => t.fileMissing(name))
  return now
}
