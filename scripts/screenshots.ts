import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { openDatabase } from '../db/index.ts'
import { buildFramesCode } from '../sandbox/build.js'
import { readConfig } from '../server/config/index.ts'
import { startShop } from '../server/start.ts'
import { buildBrowserCode } from './browser-code.js'
import { findChromium } from './find-chromium.ts'
import { aFreePort } from './support/free-port.js'
import { requireSample } from './support/own-project.js'
import { seedSales } from './support/seed-sales.ts'

const FOLDER = 'docs/screenshots'
const QUALITY = 82 // of WebP; small text gets artefacts below that
const DESKTOP = { width: 1280, height: 800 }
const TALL_DESKTOP = { width: 1280, height: 1060 }
const PHONE = { width: 375, height: 760 }
const ARTICLE = '/products/how-this-shop-works'
const SELLING = { tag: '/tags/payments', donation: '/products/tea-for-the-author' } // for docs/selling.md

type Scheme = 'light' | 'dark'
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

requireSample('The screenshots are made')
const executablePath = findChromium()
if (!executablePath)
  throw new Error('There is no Chromium or Chrome on this machine. Install one, or set CHROME_PATH.')
await buildBrowserCode()
await buildFramesCode()
mkdirSync(FOLDER, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'screenshots-'))
const port = await aFreePort()
const settings = { PORT: String(port), LOG_LEVEL: 'silent', DATABASE_URL: `sqlite:${join(data, 'shop.db')}` }
const config = { ...readConfig(settings), sandboxFolder: join(data, 'sequencer') }
const { story, mismatched } = await seed()
const DESK_PAGES = {
  desk: '/desk',
  'desk-orders': '/desk/orders',
  'desk-order': `/desk/orders/${story}`,
  'desk-event': `/desk/events/${mismatched}`,
}
const shop = await startShop(config, { write: () => true, isTerminal: true }) // only a terminal gets a link to the desk
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const merchant = await signIn(browser)
  for (const scheme of ['light', 'dark'] as const) {
    await takePictures(browser, scheme)
    await takeDeskPictures(browser, merchant, scheme)
  }
} finally {
  await browser.close()
  await shop.stop()
  rmSync(data, { recursive: true })
}

/** Makes a purchase from the storefront to the receipt, at a desk and on a phone. */
async function takePictures(browser: Browser, scheme: Scheme): Promise<void> {
  const desk = await visit(browser, DESKTOP, scheme)
  const window = await picture(await openPage(desk, '/'))
  const offer = await openPage(desk, ARTICLE)
  await offer.locator('.offer').evaluate((element) => element.scrollIntoView({ block: 'end' }))
  save(`offer-${scheme}`, await picture(offer))
  await offer.frameLocator('[data-code-button] iframe').getByRole('button').click()
  const approve = offer
    .frameLocator('iframe[name="payment-request-card"]')
    .getByRole('button', { name: 'Approve' })
  await approve.waitFor()
  save(`wallet-${scheme}`, await picture(offer))
  await approve.click()
  await offer.getByRole('heading', { name: 'Paid' }).waitFor()
  save(`paid-${scheme}`, await picture(offer))
  await offer.locator('.receipt').evaluate((element) => element.scrollIntoView({ block: 'end' }))
  save(`receipt-${scheme}`, await picture(offer))

  if (scheme === 'light')
    for (const [name, path] of Object.entries(SELLING)) {
      const page = await openPage(desk, path)
      const offer = page.locator('.offer')
      if (await offer.count()) await offer.evaluate((element) => element.scrollIntoView({ block: 'end' }))
      save(`${name}-light`, await picture(page))
    }

  const phone = await visit(browser, PHONE, scheme)
  await phone.addCookies(await desk.cookies())
  const article = await picture(await openPage(phone, ARTICLE))
  save(`shop-${scheme}`, await composition(browser, window, article, scheme))
  await desk.close()
  await phone.close()
}

/** Fills the shop with a month of sales. */
async function seed(): ReturnType<typeof seedSales> {
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode })
  try {
    return await seedSales(db, config.destination, Date.now())
  } finally {
    await db.close()
  }
}

/** Returns the cookies of a merchant at the desk, since a link there works only once. */
async function signIn(browser: Browser): Promise<Cookies> {
  const merchant = await visit(browser, DESKTOP, 'light')
  const page = await openPage(merchant, shop.deskLink ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/desk')
  const cookies = await merchant.cookies()
  await merchant.close()
  return cookies
}

/** Captures the pages of the merchant's desk for docs/desk.md, and composes two of them for the README. */
async function takeDeskPictures(browser: Browser, cookies: Cookies, scheme: Scheme): Promise<void> {
  const merchant = await visit(browser, TALL_DESKTOP, scheme)
  const phone = await visit(browser, PHONE, scheme)
  for (const visitor of [merchant, phone]) await visitor.addCookies(cookies)
  if (scheme === 'light')
    for (const [name, path] of Object.entries(DESK_PAGES))
      save(`${name}-light`, await picture(await openPage(merchant, path)))
  const overview = await openPage(merchant, '/desk')
  const order = await openPage(phone, `/desk/orders/${story}`)
  await order.getByText('What happened').evaluate((element) => element.scrollIntoView())
  const composed = await composition(browser, await picture(overview), await picture(order), scheme)
  save(`merchant-${scheme}`, composed)
  await merchant.close()
  await phone.close()
}

function visit(browser: Browser, viewport: typeof DESKTOP, colorScheme: Scheme): Promise<BrowserContext> {
  return browser.newContext({ viewport, colorScheme, baseURL: `http://127.0.0.1:${port}` })
}

async function openPage(visitor: BrowserContext, path: string): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(path, { waitUntil: 'networkidle' })
  return page
}

/** Returns WebP as base64. Playwright itself only makes PNG and JPEG, which are larger or have artefacts. */
async function picture(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page)
  return (await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })).data
}

function save(name: string, base64: string): void {
  const content = Buffer.from(base64, 'base64')
  writeFileSync(join(FOLDER, `${name}.webp`), content)
  process.stdout.write(`${FOLDER}/${name}.webp  ${Math.round(content.length / 1_000)} kB\n`)
}

/** Combines the storefront with a phone in front of it, for the README. */
async function composition(browser: Browser, window: string, phone: string, scheme: Scheme): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const [ground, edge] = scheme === 'light' ? ['#e6e1d3', '#d2cbb8'] : ['#0b0b0a', '#35332e']
  await page.setContent(`<style>
    body { margin: 0; background: ${ground}; overflow: hidden }
    img { position: absolute; display: block; border: 1px solid ${edge}; box-shadow: 0 24px 60px -12px #0006 }
    .window { inset: 60px auto auto 60px; max-width: 1180px; max-height: 860px; border-radius: 14px }
    .phone { inset: auto 60px 40px auto; width: 320px; border: 7px solid #1c1b18; border-radius: 34px }
    </style><img class="window" src="data:image/webp;base64,${window}">
    <img class="phone" src="data:image/webp;base64,${phone}">`)
  await page.waitForFunction('[...document.images].every((image) => image.complete)')
  const composed = await picture(page)
  await page.close()
  return composed
}
