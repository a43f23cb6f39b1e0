/** What a gated page is measured against: Express that serves the same page from the same template to everybody. */
import express from 'express'
import { catalogRoutes, openCatalog, readPaidContent } from '../../server/catalog/index.ts'
import { openAssets, openViews } from '../../server/web/index.ts'

const { PORT, DESTINATION = '' } = process.env
const silent = { info: () => undefined, error: () => undefined }
const catalog = openCatalog({ folder: 'catalog', reload: false, log: silent })
const assets = openAssets({ folder: 'dist/public/built', reload: false })

const views = openViews({
  folder: 'dist/views',
  reload: false,
  shared: { sandboxed: true, asset: assets.asset },
})

const PURCHASE = {
  intent: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
  product: 'how-this-shop-works',
  title: 'How this shop works',
  hundredths: 5,
  currency: 'usd',
  createdAt: 0,
  paidAt: 0,
}

const app = express()
app.use(
  catalogRoutes({
    catalog,
    openGate: async (_buyer, { slug }) => ({ content: readPaidContent(catalog, slug), purchase: PURCHASE }),
    buyers: {
      findBuyer: async () => 'anybody',
      ensureCookie: () => undefined,
      limitReaders: () => [],
    },
    config: { destination: DESTINATION },
    views,
  } as Parameters<typeof catalogRoutes>[0]),
)
app.listen(Number(PORT), '127.0.0.1')
