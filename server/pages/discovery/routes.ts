import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { identityOf, listProducts } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly, shareWithReaders } from '../../web/index.ts'
import { renderFeed } from './feed.ts'

// Pages that depend on who asks, or are of no use to anybody who searches
const HIDDEN = ['/desk', '/success/', '/purchases', '/cancel', '/intents/', '/create-intent', '/redemptions']

/** What search engines and feed readers ask for. */
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
  return router
}

function sendFeed(shop: Shop, req: Request, res: Response): void {
  shareWithReaders(res)
  res.type('application/atom+xml').send(renderFeed(shop, req))
}

/** Lists every page that is the same for everybody: https://www.sitemaps.org/protocol.html. */
function sendSitemap({ config, catalog, views }: Shop, res: Response): void {
  const base = config.url()
  const products = listProducts(catalog).map(({ slug, updatedAt }) => ({
    url: `${base}/products/${slug}`,
    updated: new Date(updatedAt).toISOString(),
  }))
  const tags = [...new Set(listProducts(catalog).flatMap((product) => product.tags))].map((tag) => ({
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
  res.type('text/plain').send(lines.join('\n'))
}
