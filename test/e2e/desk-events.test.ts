import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { issueDeskLink } from '../../server/desk/index.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'

const MINUTE = 60_000
const ORPHAN = '4eGXXmrQ8Zy9bkPVeUGqU8K3pmMXDm3rdE1NKVJ1jVTk' // an intent that the shop doesn't have
const BROKEN = '---\ntitle: Broken\nprice: none\nkind: article\nsummary: Look.\n---\nText\n'

/** A shop that has seen everything: a paid order, events of several verdicts, a faulty product. */
async function aBusyShop() {
  const { privateKey, publicKey } = aSequencerKey()
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  const shop = await aShop({ catalogFolder, config: { publicKeys: [publicKey] } })
  const buyer = shop.browser()
  const deliver = (body: string) =>
    shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(body)
  const deliverClaims = async (claims: object) => {
    shop.clock.advance(MINUTE)
    await deliver(signed(claims, privateKey)).expect(200)
  }
  const offer = await order(buyer)
  await deliverClaims({ ...claimsOf(offer), amount: 0.05 })
  await deliverClaims({ ...claimsOf(offer), destination: ORPHAN })
  await deliverClaims(claimsOf(await order(buyer, 'other')))
  await deliverClaims({ ...claimsOf(offer), intent: ORPHAN })
  await deliver('not a token').expect(400)
  await shop.writeRejections()
  writeFileSync(join(catalogFolder, 'broken.md'), BROKEN)
  return { shop, buyer, offer }
}

async function aMerchant(shop: TestShop, { page }: Visitor): Promise<Page> {
  await page.goto(await issueDeskLink(shop, 'a test'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

async function look(page: Page, name: string): Promise<void> {
  expect([name, await isTooWide(page)]).toEqual([name, false])
  await expectAccessible(page)
}

describeInBrowser('at the desk, without JavaScript and by keyboard, a merchant', () => {
  test('judges an event again, dismisses it, and signs a browser out', async () => {
    const { shop, buyer } = await aBusyShop()
    const page = await aMerchant(shop, await aDesktop({ javaScriptEnabled: false }))
    await page.getByRole('link', { name: 'Events' }).press('Enter')
    await page
      .getByRole('link', { name: /^Event / })
      .last()
      .press('Enter')
    await page.getByRole('button', { name: 'Judge again' }).press('Enter')
    await page.getByText('nothing has changed').waitFor()
    await page.getByLabel('Reason').fill('Tried out')
    await page.getByRole('button', { name: 'Dismiss' }).press('Enter')
    await page.getByText('Dismissed. Nothing else has changed.').waitFor()
    await page.getByRole('link', { name: 'Buyers' }).press('Enter')
    await page.getByLabel('Beginning of a buyer’s id').fill('0')
    await page.getByRole('button', { name: 'Find' }).press('Enter')
    await page.locator('tbody a').first().press('Enter')
    await page.getByRole('link', { name: /^Sign out browser/ }).press('Enter')
    await page.getByLabel('Reason').fill('Sold with the phone')
    await page.getByRole('button', { name: 'Sign it out' }).press('Enter')
    await page.getByText('The browser is signed out.').waitFor()
    expect((await buyer.get('/products/other')).text).not.toContain('PAID-PART-OF-OTHER')
  })
})

describeInBrowser('the pages of events, products and buyers', () => {
  test.each([
    ['desktop', 'light', aDesktop, { width: 1280, height: 800 }],
    ['phone', 'dark', aPhone, { width: 390, height: 844 }],
  ] as const)(
    'are accessible, and never scroll sideways: %s, %s',
    async (_device, colorScheme, aVisitor, viewport) => {
      const { shop } = await aBusyShop()
      const page = await aMerchant(shop, await aVisitor({ colorScheme, viewport }))
      const visit = async (name: string, path: string) => {
        await page.goto(`${shop.url}${path}`)
        await look(page, name)
      }
      await visit('events', '/desk/events')
      await page
        .getByRole('link', { name: /^Event / })
        .first()
        .click()
      await look(page, 'event')
      await page.getByRole('button', { name: 'Judge again' }).click()
      await page.getByText('Judged again: nothing has changed.').waitFor()
      await look(page, 'event-judged')
      await visit('events-empty', '/desk/events?verdict=login')
      await visit('events-orphaned', '/desk/events?verdict=orphaned')
      await page.getByRole('link', { name: /^Event / }).click()
      await look(page, 'event-orphaned')
      await visit('rejections', '/desk/events/rejections')
      await visit('products', '/desk/products')
      await visit('goods', '/desk/products/download/goods')
      await visit('buyers', '/desk/buyers')
      await page.locator('tbody a').first().click()
      await look(page, 'buyer')
      await page.getByRole('link', { name: /^Sign out browser/ }).click()
      await look(page, 'sign-out')
    },
  )
})
