import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { drawIcon, type IconSize, type Identity, identityOf, isIconSize } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, inWords, languageOf, shareWithReaders, shareWithSites } from '../web/index.ts'
import { asHead, pictureOfPage } from './discovery/index.ts'

const FOREVER = 'public, max-age=31536000, immutable' // names change with the content
const FAVICON_LIFE = 'public, max-age=86400' // its name is always the same
const ICO_DIRECTORY = 22 // bytes
const SVG = 'image/svg+xml'
const ICON = /^(icon-[0-9a-f]+)-(.+)\.png$/
// Opened by itself, a picture is a document of the shop's.
const NO_DOCUMENT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** The merchant's own pages, and what makes all pages look like theirs: logo, icons, colours. */
export function identityRoutes(shop: Shop): Router {
  const router = Router()
  const compress = compression()
  router
    .route('/pages/:slug')
    .get(compress, (req: Request<{ slug: string }>, res: Response) => showPage(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/identity/:name')
    .get(compress, (req: Request<{ name: string }>, res: Response) => sendFile(shop, req.params.name, res))
    .all(allowOnly('GET'))
  router
    .route('/favicon.ico')
    .get((_req, res) => sendFavicon(shop, res))
    .all(allowOnly('GET'))
  router
    .route('/site.webmanifest')
    .get(compress, (_req, res) => sendManifest(shop, res))
    .all(allowOnly('GET'))
  return router
}

function showPage(shop: Shop, req: Request<{ slug: string }>, res: Response): void {
  const { slug } = req.params
  const { pages, description, socialPicture } = identityOf(shop.catalog)
  const page = pages.find((each) => each.slug === slug)
  if (!page) throw new ShopError('page-not-found', (t) => t.nothingAt(req.path))
  shareWithReaders(res)
  const language = languageOf(req)
  const head = asHead(shop, {
    path: `/pages/${slug}`,
    title: page.title,
    picture: socialPicture,
    titlePicture: pictureOfPage(shop, page),
    description: description ?? language.texts.storefront.description,
  })
  res.send(shop.views.render('pages/own', { ...inWords(language), head, page, pageHtml: page.html }))
}

async function sendFile(shop: Shop, name: string, res: Response): Promise<void> {
  const identity = identityOf(shop.catalog)
  const file = identity.files.get(name) ?? (await iconAt(shop, identity, name))
  if (!file) throw new ShopError('page-not-found', (t) => t.noPicture(name))
  if (file.type === SVG) res.set('Content-Security-Policy', NO_DOCUMENT)
  shareWithSites(res).set('Cache-Control', FOREVER).type(file.type).send(file.content)
}

async function iconAt(shop: Shop, identity: Identity, file: string) {
  const { icon } = identity
  if (icon.type === SVG && file === `${icon.name}.svg`) return icon
  const [, name, size = ''] = ICON.exec(file) ?? []
  if (name !== icon.name || !isIconSize(size)) return undefined
  const content = await tryToDraw(shop, identity, size)
  return content && { type: 'image/png', content }
}

async function tryToDraw(shop: Shop, identity: Identity, size: IconSize): Promise<Buffer | undefined> {
  try {
    return await drawIcon(identity, size)
  } catch (err) {
    noteFailure(shop, identity.icon.name, err)
    return undefined
  }
}

/** For programs that ask for an icon without loading a page first, such as feed readers. */
async function sendFavicon(shop: Shop, res: Response): Promise<void> {
  const png = await tryToDraw(shop, identityOf(shop.catalog), '32')
  if (!png) throw new ShopError('page-not-found', (t) => t.noPicture('favicon.ico'))
  shareWithSites(res).set('Cache-Control', FAVICON_LIFE).type('image/x-icon').send(asIco(png))
}

/** An ICO file may contain a PNG: a header, a directory with one entry, the picture. */
function asIco(png: Buffer): Buffer {
  const directory = Buffer.alloc(ICO_DIRECTORY)
  directory.writeUInt16LE(1, 2) // an icon,
  directory.writeUInt16LE(1, 4) // of one picture
  directory.writeUInt8(32, 6) // pixels wide
  directory.writeUInt8(32, 7) // and high
  directory.writeUInt16LE(1, 10) // colour plane
  directory.writeUInt16LE(32, 12) // bits for each pixel
  directory.writeUInt32LE(png.length, 14)
  directory.writeUInt32LE(ICO_DIRECTORY, 18) // where the picture begins
  return Buffer.concat([directory, png])
}

function noteFailure({ catalog, log }: Shop, name: string, err: unknown): void {
  if (catalog.undrawn.has(name)) return
  catalog.undrawn.add(name)
  log.error({ err, alert: true }, 'the icon can’t be drawn, so phones show none: save the picture again')
}

/** https://www.w3.org/TR/appmanifest/: what phones need to put the shop on their home screen. */
function sendManifest({ catalog }: Shop, res: Response): void {
  const { name, lang, description, icon } = identityOf(catalog)
  const iconOf = (size: string, side: number, purpose = 'any') => ({
    src: `/identity/${icon.name}-${size}.png`,
    sizes: `${side}x${side}`,
    type: 'image/png',
    purpose,
  })
  const manifest = {
    name,
    lang,
    description,
    start_url: '/',
    display: 'browser',
    icons: [iconOf('192', 192), iconOf('512', 512), iconOf('maskable-512', 512, 'maskable')],
  }
  res
    .set('Cache-Control', 'public, no-cache')
    .type('application/manifest+json')
    .send(JSON.stringify(manifest))
}
