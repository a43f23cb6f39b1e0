import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  devices,
  type Page,
} from 'playwright-core'
import { findChromium } from '../../../scripts/find-chromium.ts'
import { describeUnless } from '../../support/skipping.ts'
import { until as untilSoon } from '../../support/until.ts'
import { type Watch, watch } from './watch.ts'

// Playwright switches these off; the switch given last replaces the one before, so they are repeated here.
const SWITCHED_OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]
// Every window would load two pages of suggestions for its address bar, and start a renderer in advance: half the
// processor time that a visitor takes. Nobody types an address here.
const UNSEEN_IN_TESTS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  // Saves two processes per browser; several browsers run at once.
  '--in-process-gpu',
  '--enable-features=NetworkServiceInProcess2',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...SWITCHED_OFF_BY_PLAYWRIGHT, ...UNSEEN_IN_TESTS].join()}`,
]
const PATIENCE_MS = 45_000 // with any single step; a step that never comes true shall be named before the test's own end
const LAUNCH_DEADLINE_MS = 60_000
const TEST_DEADLINE_MS = 240_000 // a browser and a shop share the machine with the other tests

let browser: Browser | undefined
const visitors: Visitor[] = []
afterAll(() => browser?.close())

/** Somebody with a browser of their own. Whatever it complains about and was not expected fails the test. */
export interface Visitor extends Watch {
  page: Page
  context: BrowserContext
}

/** Tests in the real browser of this machine, which runs until the end of the file. Without one they are skipped, or fail with REQUIRE_ALL=1. */
export function describeInBrowser(name: string, tests: () => void): void {
  const executablePath = findChromium()
  if (executablePath) describe(name, () => withBrowser(executablePath, tests))
  else if (process.env.REQUIRE_ALL === '1') test(name, failWithoutBrowser)
  else {
    process.stderr.write(`skipped: no browser (Chromium or Chrome; CHROME_PATH says where it is): ${name}\n`)
    describeUnless('no browser')(name, tests)
  }
}

function failWithoutBrowser(): never {
  throw new Error('There is no Chromium or Chrome on this machine. Install one, or set CHROME_PATH.')
}

function withBrowser(executablePath: string, tests: () => void): void {
  jest.setTimeout(TEST_DEADLINE_MS)
  beforeAll(async () => {
    browser ??= await chromium.launch({ executablePath, args: ARGUMENTS })
  }, LAUNCH_DEADLINE_MS)
  afterEach(leave)
  tests()
}

/** Closes every visitor's browser first, so that what is stopped afterwards is missed by nobody. */
async function leave(): Promise<void> {
  const left = visitors.splice(0)
  const complaints = await Promise.all(
    left.map(async ({ context, complaints }) => {
      await context.close()
      return complaints()
    }),
  )
  expect(complaints.flat()).toEqual([])
}

/** A visitor at a desk. */
export function aDesktop(options: BrowserContextOptions = {}): Promise<Visitor> {
  return aVisitor({ viewport: { width: 1280, height: 800 }, ...options })
}

/** A visitor with an Android phone: small, touched, and recognised by Code's element. */
export function aPhone(options: BrowserContextOptions = {}): Promise<Visitor> {
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7'] ?? {}
  return aVisitor({ ...phone, ...options })
}

async function aVisitor(options: BrowserContextOptions): Promise<Visitor> {
  if (!browser) throw new Error('Visitors come only within describeInBrowser()')
  const context = await browser.newContext(options)
  context.setDefaultTimeout(PATIENCE_MS)
  const seen = await watch(context) // before the first page
  const visitor = { context, page: await context.newPage(), ...seen }
  visitors.push(visitor)
  return visitor
}

/** Asks until the answer is true, for as long as any step in the browser may take. */
export function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  return untilSoon(isSo, PATIENCE_MS)
}

/** True if the reader has to scroll sideways. Waits for the page, which may not be parsed yet after the click that leads to it. */
export async function isTooWide(page: Page): Promise<boolean> {
  await page.waitForLoadState()
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
