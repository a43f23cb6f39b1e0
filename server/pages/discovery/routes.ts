import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { limitReaders } from '../../access/index.ts'
import { identityOf, listProducts, listTags } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly, shareWithReaders, shareWithSites } from '../../web/index.ts'
import { changedAt } from './changed-at.ts'
import { drawTitlePicture } from './draw-title-picture.ts'
import { renderFeed } from './feed.ts'
import { findTitlePicture, type TitlePicture } from './title-picture.ts'

const FOREVER = 'public, max-age=31536000, immutable' // names change with the content

// Pages that depend on who asks, or are of no use to anybody who searches
const HIDDEN = [
  '/desk',
  '/success/',
  '/purchases',
  '/cancel',
  '/intents/',
  '/create-intent',
  '/redemptions',
  '/orders',
  '/coupons',
  '/api', // with the page of its keys
]

type Name = {
  name: string
}

/** What search engines, feed readers, and sites with links to the shop ask for. */
export function discoveryRoutes(shop: Shop): Router {
  const router = Router()
  const compress = compression()
  router
    .route('/feed.atom')
    .get(compress, (req, res) => sendFeed(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/sitemap.xml')
    .get(compress, (_req, res) => sendSitemap(shop, res))
    .all(allowOnly('GET'))
  router
    .route('/robots.txt')
    .get((_req, res) => sendRobots(shop, res))
    .all(allowOnly('GET'))
  router
    .route('/social/:name')
    .get(limitReaders(shop, 'title-pictures'), (req: Request<Name>, res: Response) =>
      sendTitlePicture(shop, req, res),
    )
    .all(allowOnly('GET'))
  return router
}

async function sendTitlePicture(
  shop: Shop,
  { params: { name } }: Request<Name>,
  res: Response,
): Promise<void> {
  const picture = findTitlePicture(shop, name)
  const png = picture && (await tryToDraw(shop, picture))
  if (!png) throw new ShopError('page-not-found', (t) => t.noPicture(name))
  shareWithSites(res).set('Cache-Control', FOREVER).type('image/png').send(png)
}

async function tryToDraw({ catalog, log }: Shop, picture: TitlePicture): Promise<Buffer | undefined> {
  try {
    return await drawTitlePicture(picture)
  } catch (err) {
    if (err instanceof ShopError) throw err
    if (!catalog.undrawn.has('titles'))
      log.error(
        { err, alert: true },
        'pictures of titles can’t be drawn, so links to the shop are shared without one',
      )
    catalog.undrawn.add('titles')
    return undefined
  }
}

function sendFeed(shop: Shop, req: Request, res: Response): void {
  shareWithReaders(res)
  res.type('application/atom+xml').send(renderFeed(shop, req))
}

/** Lists what search engines may find, of lists their first pages: https://www.sitemaps.org/protocol.html. */
function sendSitemap(shop: Shop, res: Response): void {
  const { config, catalog, views } = shop
  const base = config.url()
  const products = listProducts(catalog).map((product) => ({
    url: `${base}/products/${product.slug}`,
    updated: new Date(changedAt(shop, product)).toISOString(),
  }))
  const tags = [...listTags(catalog)].map((tag) => ({
    url: `${base}/tags/${tag}`,
    updated: undefined,
  }))
  const own = identityOf(catalog).pages.map(({ slug }) => ({
    url: `${base}/pages/${slug}`,
    updated: undefined,
  }))
  const pages = [
    {
      url: `${base}/`,
      updated: products
        .map(({ updated }) => updated)
        .sort()
        .at(-1),
    },
    ...products,
    ...tags,
    ...own,
  ]
  res.set('Cache-Control', 'public, no-cache').type('application/xml')
  res.send(views.render('discovery/sitemap', { pages }))
}

function sendRobots({ config }: Shop, res: Response): void {
  const sitemap = `${config.url()}/sitemap.xml`
  const lines = ['User-agent: *', ...HIDDEN.map((path) => `Disallow: ${path}`), '', `Sitemap: ${sitemap}`, '']
  res.set('Cache-Control', 'public, no-cache').type('text/plain').send(lines.join('\n'))
}
