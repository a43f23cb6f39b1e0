import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { findBeginning, findLongest, findOpenScopes } from '../access/index.ts'
import { asCard, listProducts, lookAtListed, type Product, scopesOfTag } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, inWords, languageOf } from '../web/index.ts'
import { asHead } from './discovery/index.ts'
import { showCover } from './notes.ts'
import { asPaging, pathOf, readPage } from './paging.ts'
import { sendCards } from './send-cards.ts'
import { showBeginning } from './windows.ts'

type Tag = {
  tag: string
}

/** The page of each tag: what belongs together, such as a series, and the passes that open all of it. */
export function tagRoutes(shop: Shop): Router {
  const router = Router()
  const compress = compression()
  router
    .route('/tags/:tag')
    .get(compress, (req: Request<Tag>, res: Response) => showTag(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function showTag(shop: Shop, req: Request<Tag>, res: Response): Promise<void> {
  const { tag } = req.params
  const { catalog, views } = shop
  const sold = listProducts(catalog)
  const passes = sold.filter(({ opens }) => opens?.tag === tag)
  const tagged = sold.filter((product) => product.tags.includes(tag) && !passes.includes(product))
  if (tagged.length + passes.length === 0)
    throw new ShopError('page-not-found', (t) => t.nothingAt(`/tags/${tag}`))
  const page = readPage(req, tagged)
  await Promise.all([...passes, ...page.products].map((product) => lookAtListed(catalog, product)))
  const language = languageOf(req)
  const open = await findOpenScopes(shop, req)
  const longest = await findLongest(shop, req, scopesOfTag(tag))
  const begins = longest ? undefined : await findBeginning(shop, req, scopesOfTag(tag))
  const path = `/tags/${tag}`
  const title = language.texts.tags.title(tag)
  const asCards = (products: readonly Product[], from: number) =>
    products.map((product, place) => asCard(product, from + place, language, open))
  const html = views.render('catalog/tag', {
    tag,
    head: asHead(shop, { path: pathOf(path, page.number), title, description: title }),
    covered: longest && showCover(shop, longest, language),
    begins: showBeginning(shop, begins, language),
    passes: asCards(passes, 0),
    products: asCards(page.products, passes.length),
    paging: asPaging(path, page, language),
    ...inWords(language),
  })
  sendCards(res, html, open.size > 0 || longest !== undefined || begins !== undefined)
}
