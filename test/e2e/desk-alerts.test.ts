import { expect, test } from '@jest/globals'
import { sendDueAlerts } from '../../server/alerts/send-alerts.ts'
import { issueDeskLink } from '../../server/desk/index.ts'
import { aReceiver } from '../support/receiver.ts'
import { aShop, order } from '../support/shop.ts'
import { expectAccessible } from './support/axe.ts'
import { aPhone, describeInBrowser, isTooWide } from './support/browser.ts'

const DAY_MS = 86_400_000
const ATTEMPTS = 11
const RUNNING = new AbortController().signal

/** A shop with two paid orders, whose alerts nobody has accepted for a day. */
async function aShopWithFailedAlerts() {
  const receiver = await aReceiver()
  receiver.answerWith((res) => res.writeHead(503).end('x'.repeat(1_000)))
  const shop = await aShop({ config: { alerts: receiver.alerts } })
  const send = () => sendDueAlerts(shop.shop, receiver.open(), RUNNING)
  for (const product of ['article', 'other']) await shop.pay((await order(shop.browser(), product)).id)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await send()
    shop.clock.advance(DAY_MS)
  }
  return { shop, receiver, send }
}

describeInBrowser('on a phone, by keyboard, a merchant', () => {
  test('sends one failed alert again, and dismisses the other', async () => {
    const { shop, receiver, send } = await aShopWithFailedAlerts()
    const { page } = await aPhone()
    await page.goto(await issueDeskLink(shop.shop, 'a test'))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'See why' }).press('Enter')
    await page.getByRole('heading', { name: 'Order paid' }).nth(1).waitFor()
    expect(await page.getByRole('heading', { name: 'Order paid' }).count()).toBe(2)
    await page.getByText('What it answered').first().press('Enter')
    expect(await isTooWide(page)).toBe(false)
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Send again: Order paid' }).first().press('Enter')
    await page.getByRole('button', { name: 'Dismiss: Order paid' }).press('Enter')
    const failed = page.getByRole('heading', { name: 'Not delivered' })
    await failed.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Being sent again' }).waitFor() // below it: so much of the page is there
    expect(await failed.count()).toBe(0)
    await expectAccessible(page)
    receiver.answerWith()
    const before = receiver.received.length
    await send()
    expect(receiver.received).toHaveLength(before + 1)
    await page.reload()
    expect(await page.getByText('No alert is waiting to be sent again or dismissed.').count()).toBe(1)
  })
})
