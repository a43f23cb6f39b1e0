import { type Request, type Response, Router } from 'express'
import { asReceipt, type Buyers } from '../buyers/index.ts'
import type { Config } from '../config/index.ts'
import { ShopError } from '../errors.ts'
import { allowOnly, localeOf, neverCached, sendPrivatePage, type Views } from '../web/index.ts'
import type { OpenGate } from './gate.ts'
import { asCard, asGoods, asOffer, asPage } from './present.ts'
import type { Picture, Product } from './product.ts'
import { type Catalog, findPicture, findProduct, listProducts } from './read-catalog.ts'

export { createGate, type OpenGate } from './gate.ts'
export { type Grant, kindOf } from './kinds/index.ts'
export { asGoods } from './present.ts'
export { CatalogError, type Product } from './product.ts'
export {
  type Catalog,
  findPicture,
  findProduct,
  listProducts,
  openCatalog,
  readPaidContent,
} from './read-catalog.ts'

interface Deps {
  catalog: Catalog
  openGate: OpenGate
  buyers: Pick<Buyers, 'findBuyer' | 'ensureCookie' | 'limitReaders'>
  config: Pick<Config, 'destination'>
  views: Views
}

/** The shop window, and the page of each product: its preview and a button, or what was paid for. */
export function catalogRoutes({ catalog, openGate, buyers, config, views }: Deps): Router {
  const router = Router()

  router
    .route('/')
    .get((req, res) => {
      const locale = localeOf(req)
      res.vary('Accept-Language').set('Cache-Control', 'public, no-cache') // the same for all who read prices alike
      const products = listProducts(catalog).map((product, place) => asCard(product, place, locale))
      res.send(views.render('catalog/window', { products }))
    })
    .all(allowOnly('GET'))

  router
    .route('/products.json')
    .get((_req, res) => {
      res.json(listProducts(catalog).map(asOffer))
    })
    .all(allowOnly('GET'))

  router
    .route('/products/:slug')
    .get(neverCached, async (req, res) => {
      const product = getProduct(req)
      const opened = await openGate(await buyers.findBuyer(req), product)
      const locale = localeOf(req)
      buyers.ensureCookie(req, res) // for the button; and what was bought stays as long as it is looked at
      const page = views.render('catalog/product', {
        product: asPage(product, locale),
        offer: { ...product.price, destination: config.destination },
        previewHtml: product.previewHtml,
        goods: opened && asGoods(product, opened.content),
        receipt: opened && asReceipt(opened.purchase, locale),
      })
      sendPrivatePage(res, page)
    })
    .all(allowOnly('GET'))

  router
    .route('/products/:slug/file')
    .get(buyers.limitReaders(), neverCached, async (req: Request<{ slug: string }>, res: Response) => {
      const product = getProduct(req)
      const opened = await openGate(await buyers.findBuyer(req), product)
      if (!product.file)
        throw new ShopError('page-not-found', `${product.title} is read on its page; it has no file`)
      if (!opened?.content.file)
        throw new ShopError('payment-required', `${product.title} is for sale at /products/${product.slug}`)
      return sendDownload(res, opened.content.file)
    })
    .all(allowOnly('GET'))

  router
    .route('/pictures/:name')
    .get((req, res) => {
      const picture = findPicture(catalog, req.params.name)
      if (!picture) throw new ShopError('page-not-found', `No picture is called ${req.params.name}`)
      return sendPicture(res, picture)
    })
    .all(allowOnly('GET'))

  function getProduct(req: Request<{ slug: string }>): Product {
    const product = findProduct(catalog, req.params.slug)
    if (!product) throw new ShopError('product-not-found', `No product is called ${req.params.slug}`)
    return product
  }

  return router
}

/** Express answers range requests, so a broken download goes on where it stopped. */
function sendDownload(res: Response, { path, name }: { path: string; name: string }): Promise<void> {
  return sent(res, (done) => res.download(path, name, { cacheControl: false, dotfiles: 'allow' }, done))
}

/** Browsers keep it for a year: another content gets another name. */
function sendPicture(res: Response, { path, type }: Picture): Promise<void> {
  const headers = { 'Content-Type': type }
  return sent(res, (done) =>
    res.sendFile(path, { headers, maxAge: '1y', immutable: true, dotfiles: 'allow' }, done),
  )
}

function sent(res: Response, send: (done: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    send((error) => {
      // A buyer who goes away in the middle is no error of the shop.
      if (!error || res.headersSent) resolve()
      else reject(error)
    })
  })
}
