import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { findOpenScopes } from '../access/index.ts'
import { asCard, asOffer, hasShopFile, identityOf, listProducts, lookAtListed } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { allowOnly, inWords, languageOf } from '../web/index.ts'
import { asHead } from './discovery/index.ts'
import { firstSteps } from './first-steps.ts'
import { asPaging, type ProductPage, pathOf, readPage } from './paging.ts'
import { sendCards } from './send-cards.ts'

/** The front page, and the same for programs. */
export function storefrontRoutes(shop: Shop): Router {
  const router = Router()
  const compress = compression() // only for pages that are the same for everybody; a buyer's pages are sent as they are
  router
    .route('/')
    .get(compress, (req, res) => showStorefront(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/products.json')
    .get(compress, (_req, res) => listForPrograms(shop, res))
    .all(allowOnly('GET'))
  return router
}

async function showStorefront(shop: Shop, req: Request, res: Response): Promise<void> {
  const { catalog, views, config } = shop
  const all = listProducts(catalog)
  const page = readPage(req, all)
  await Promise.all(page.products.map((product) => lookAtListed(catalog, product)))
  const language = languageOf(req)
  const open = await findOpenScopes(shop, req)
  const isNew = config.mode === 'sandbox' && all.length === 0
  const storefront = views.render('catalog/storefront', {
    head: storefrontHead(shop, language, page),
    products: page.products.map((product, place) => asCard(product, place, language, open)),
    paging: asPaging('/', page, language),
    steps: isNew ? firstSteps(language.texts, hasShopFile(catalog)) : undefined,
    ...inWords(language),
  })
  sendCards(res, storefront, open.size > 0)
}

function storefrontHead(shop: Shop, { texts }: Language, page: ProductPage) {
  const { tagline, description } = identityOf(shop.catalog)
  const title = tagline ?? texts.storefront.title
  return asHead(shop, {
    path: pathOf('/', page.number),
    title,
    description: description ?? texts.storefront.description,
  })
}

async function listForPrograms({ catalog }: Shop, res: Response): Promise<void> {
  const offers = listProducts(catalog).map(async (product) =>
    asOffer(product, await lookAtListed(catalog, product)),
  )
  res.set('Cache-Control', 'public, no-cache').json(await Promise.all(offers))
}
