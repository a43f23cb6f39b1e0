/** The baseline for a gated page: Express that serves the same page from the same template to everyone. */
import { join } from 'node:path'
import express, { type NextFunction, type Request, type Response } from 'express'
import { buildFolder } from '../../scripts/fresh-build.js'
import {
  findProduct,
  identityOf,
  openCatalog,
  type PaidContent,
  readPaidContent,
} from '../../server/catalog/index.ts'
import { openedPage } from '../../server/pages/index.ts'
import { en } from '../../server/texts/index.ts'
import { systemClock } from '../../server/time.ts'
import { languageOf, neverCached, openAssets, openViews, sendPrivatePage } from '../../server/web/index.ts'

const { PORT } = process.env
const silent = { info: () => undefined, error: () => undefined }
const catalog = openCatalog({ folder: 'catalog', reload: false, clock: systemClock, log: silent })
const { asset } = openAssets({ folder: join(buildFolder(), 'public/built'), reload: false })
const shared = { sandboxed: true, asset, texts: en, identity: identityOf(catalog) }
const views = openViews({
  folder: 'views',
  reload: false,
  shared: () => shared,
})

const shop = {
  catalog,
  views,
  sellers: { named: [], noted: undefined, timer: undefined },
  clock: systemClock,
  config: { timeZone: 'UTC' },
}

const PURCHASE = {
  id: '019d0b6c2a11-00000000-0000-4000-8000-000000000000',
  intent: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
  product: 'how-this-shop-works',
  title: 'How this shop works',
  hundredths: 5,
  currency: 'usd',
  createdAt: 0,
  tax: undefined,
  discount: undefined,
  refund: undefined,
  laterPayments: [],
  isRevoked: false,
  isFollowed: false,
  window: undefined,
  openUntilDay: undefined,
  paidAt: 0,
}

const app = express()
app.get('/', (_req, res) => {
  res.send('ready')
})
app.get(
  '/products/:slug',
  neverCached,
  (req: Request<{ slug: string }>, res: Response, next: NextFunction) => {
    const product = findProduct(catalog, req.params.slug)
    if (!product) return next()
    const content = readPaidContent(catalog, product.slug) as PaidContent
    const opened = { content, purchase: PURCHASE }
    sendPrivatePage(res, openedPage(shop, product, opened, languageOf(req)))
  },
)
app.listen(Number(PORT), '127.0.0.1')
