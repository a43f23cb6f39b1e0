import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { issueDeskLink } from '../../server/desk/index.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'

const MINUTE = 60_000
const ORPHAN = '4eGXXmrQ8Zy9bkPVeUGqU8K3pmMXDm3rdE1NKVJ1jVTk' // an intent that the shop doesn't have

/** A merchant at their desk, in a browser that runs no scripts unless `options` say otherwise. */
async function aMerchant(shop: TestShop, { page }: Visitor): Promise<Page> {
  await page.goto(await issueDeskLink(shop, 'a test'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

async function isOpenTo(buyer: ReturnType<TestShop['browser']>): Promise<boolean> {
  return (await buyer.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE')
}

async function look(page: Page, name: string): Promise<void> {
  expect([name, await isTooWide(page)]).toEqual([name, false])
  await expectAccessible(page)
}

describeInBrowser('at the desk, without JavaScript, a merchant', () => {
  test('asks Code, refunds the payment, restores access, revokes one browser’s, and issues a link', async () => {
    const shop = await aShop()
    const buyer = shop.browser()
    const isOpen = () => isOpenTo(buyer)
    const offer = await order(buyer)
    const page = await aMerchant(shop, await aDesktop({ javaScriptEnabled: false }))
    await page.goto(`${shop.url}/desk/orders/${offer.id}`)
    shop.clock.advance(MINUTE)
    await shop.approve(offer.id)
    await page.getByRole('button', { name: 'Ask Code now' }).click()
    await page.getByText('Code says that the order is paid.').waitFor()
    expect(await isOpen()).toBe(true)
    await page.getByRole('link', { name: 'Record a refund of the payment of $0.25' }).click()
    await page.getByLabel('Sent to').fill('their wallet')
    await page.getByRole('button', { name: 'Record the refund' }).click()
    await page.getByText('The refund is recorded.').waitFor()
    expect(await isOpen()).toBe(false)
    shop.clock.advance(MINUTE)
    await page.getByRole('link', { name: 'Restore access: Everyone’s' }).click()
    await page.getByLabel('Reason').fill('by mistake')
    await page.getByRole('button', { name: 'Restore access' }).click()
    await page.getByText('Access is restored.').waitFor()
    expect(await isOpen()).toBe(true)
    await page.getByRole('link', { name: /^Revoke the access of buyer/ }).click()
    await page.getByLabel('Reason').fill('a shared computer')
    await page.getByRole('button', { name: 'Revoke access' }).click()
    await page.getByText('Access is revoked.').waitFor()
    expect(await isOpen()).toBe(false)
    await page.getByRole('link', { name: 'Issue a redemption link' }).click()
    await page.getByRole('button', { name: 'Issue the link' }).click()
    const link = await page.getByLabel('Link', { exact: true }).inputValue()
    const visitor = await aDesktop()
    await visitor.page.goto(link)
    await visitor.page.getByRole('button', { name: 'Open it in this browser' }).click()
    await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})

describeInBrowser('the page of an order, and its forms', () => {
  test('have the link to a refund in sight on every width, beside all that a payment can have', async () => {
    const shop = await aShop()
    const { id } = await order(shop.browser())
    await shop.pay(id)
    await shop.query("UPDATE orders SET tax_rate = 1900, tax_label = 'VAT'")
    await shop.query(`UPDATE payments SET tax_hundredths = 4, code_user = '${ORPHAN}'`)
    const page = await aMerchant(shop, await aDesktop())
    await page.goto(`${shop.url}/desk/orders/${id}`)
    for (const width of [320, 640, 700, 820, 960, 961, 1_280]) {
      await page.setViewportSize({ width, height: 800 })
      const table = page.locator('[aria-labelledby="page.payments"] .table')
      const hidden = await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
      expect([width, hidden]).toEqual([width, 0])
    }
  })

  test.each([
    ['desktop', 'light', aDesktop, { width: 1280, height: 800 }],
    ['phone', 'dark', aPhone, { width: 390, height: 844 }],
  ] as const)(
    'are accessible, and never scroll sideways: %s, %s',
    async (_device, colorScheme, aVisitor, viewport) => {
      const key = aSequencerKey()
      const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
      const buyer = shop.browser()
      const offer = await order(buyer)
      const deliver = (claims: object) =>
        shop
          .request()
          .post('/webhook')
          .set('Content-Type', 'application/jwt')
          .send(signed(claims, key.privateKey))
      shop.clock.advance(MINUTE)
      await deliver({ ...claimsOf(offer), amount: 0.1 }).expect(200)
      const other = await order(buyer, 'other')
      await deliver(claimsOf(other)).expect(200)
      const page = await aMerchant(shop, await aVisitor({ colorScheme, viewport }))
      const path = `${shop.url}/desk/orders/${offer.id}`
      await page.goto(path)
      await look(page, 'mismatched')
      await page.goto(`${path}/honour`)
      await look(page, 'honour')
      await page.getByLabel('Reason').fill('It came to the right address')
      await page.getByRole('button', { name: 'Honour the order' }).click()
      await page.getByText('The order is honoured.').waitFor()
      await look(page, 'honoured')
      await page.goto(`${shop.url}/desk/orders/${other.id}`)
      const amount = await page.locator('[data-label="Amount"] bdi').first().boundingBox()
      const inKin = await page.getByText(/ kin at /).boundingBox()
      expect((inKin?.y ?? 0) - (amount?.y ?? 0)).toBeGreaterThanOrEqual(amount?.height ?? 0) // below it
      for (const action of ['Issue a redemption link', 'Revoke access', 'Record a refund of']) {
        await page.getByRole('link', { name: action }).first().click()
        await look(page, action)
        await page.goBack()
      }
      await page.getByRole('link', { name: 'Issue a redemption link' }).click()
      await page.getByRole('button', { name: 'Issue the link' }).click()
      await look(page, 'issued')
      const link = page.getByLabel('Link', { exact: true })
      for (const width of [1_280, 390, 320]) {
        await page.setViewportSize({ ...viewport, width })
        const hidden = await link.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
        expect([width, hidden, await isTooWide(page)]).toEqual([width, 0, false]) // the link's end is the secret
      }
      await page.setViewportSize(viewport)
      await deliver({ ...claimsOf(offer), intent: ORPHAN }).expect(200)
      const [orphan] = await shop.query(`SELECT digest FROM events WHERE intent = '${ORPHAN}'`)
      await page.goto(`${shop.url}/desk/events/${orphan?.digest}/honour`)
      await look(page, 'orphan')
      await page.getByLabel('What the buyer gets').selectOption({ index: 1 })
      await page.getByLabel('Reason').fill('lost with the old disk')
      await page.getByRole('button', { name: 'Make the order' }).click()
      await page.getByRole('heading', { name: 'The redemption link' }).waitFor()
    },
  )

  test('stay within a narrow phone with text of twice the size, and keep values readable', async () => {
    const shop = await aShop()
    const buyer = shop.browser()
    const offer = await order(buyer)
    await shop.pay(offer.id)
    const page = await aMerchant(shop, await aDesktop())
    await page.setViewportSize({ width: 360, height: 700 })
    const [row] = await shop.query('SELECT order_id, id AS payment, event FROM payments')
    const [holder] = await shop.query('SELECT buyer FROM holders')
    const path = `/desk/orders/${row?.order_id}`
    for (const each of [
      path,
      `${path}/refund?payment=${row?.payment}`,
      `${path}/link`,
      `${path}/revoke?buyer=${holder?.buyer}`,
      `/desk/buyers/${holder?.buyer}`,
      `/desk/events/${row?.event}`,
    ]) {
      await page.goto(shop.url + each)
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
      expect([each, await isTooWide(page)]).toEqual([each, false])
      const narrowest = await page.evaluate(
        `Math.min(...[...document.querySelectorAll('.order-facts dd')].map((value) => value.clientWidth))`,
      )
      expect(narrowest).toBeGreaterThan(200) // not a letter or two beside the name
    }
  })
})
