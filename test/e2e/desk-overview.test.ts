import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { issueDeskLink } from '../../server/desk/index.ts'
import { add, newLedger } from '../support/ledger.ts'
import { aShop, type TestShop } from '../support/shop.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A shop that has sold for a month, more on some days than on others, and that has a mismatched event. */
async function aBusyShop(): Promise<TestShop> {
  const shop = await aShop()
  const ledger = newLedger(shop.db)
  shop.clock.advance(9 * HOUR)
  for (let day = 0; day < 30; day++) {
    const count = 1 + ((day * 7) % 5)
    for (let payment = 0; payment < count; payment++) {
      const waited = Math.round(4_000 * 1.3 ** ((day + payment * 5) % 12))
      const proof = payment === 4 ? 'status' : 'webhook'
      await add(ledger, { act: 'pay', which: payment === 3 ? 1 : 0, proof, waited }, shop.clock.now())
    }
    if (day % 9 === 8) await add(ledger, { act: 'refund', which: day }, shop.clock.now())
    shop.clock.advance(day === 29 ? HOUR : DAY)
  }
  await shop.query(
    `INSERT INTO events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen)
     VALUES ('${'a'.repeat(64)}', 'payment', 'x', 'j', 'mismatched', 1, 1, 1)`,
  )
  return shop
}

/** A merchant's browser that has opened the overview. */
async function atTheDesk(shop: TestShop, { page }: Visitor): Promise<Page> {
  await page.goto(await issueDeskLink(shop, 'a test'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  return page
}

async function look(page: Page, name: string): Promise<void> {
  expect(await isTooWide(page)).toBe(false)
  await expectAccessible(page)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
}

describeInBrowser('a merchant', () => {
  test('sees a month of revenue without JavaScript, as a picture and as a table', async () => {
    const shop = await aBusyShop()
    const page = await atTheDesk(shop, await aDesktop({ javaScriptEnabled: false }))
    const picture = page.getByRole('figure', { name: 'Revenue a day in USD' })
    await picture.getByText('Show as a table').click()
    expect(await picture.getByRole('row').count()).toBe(31)
    expect(await picture.locator('rect').count()).toBe(30)
  })

  test('reads the overview on a phone and in the dark', async () => {
    const shop = await aBusyShop()
    const phone = await aPhone({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    const onThePhone = await atTheDesk(shop, phone)
    await look(onThePhone, 'overview-390-dark')
    await onThePhone.setViewportSize({ width: 320, height: 640 })
    for (const cell of await onThePhone.locator('.figures td').all())
      await cell.evaluate((td) => (td.textContent = '$123,456.78'))
    const isCut = await onThePhone
      .locator('.table, .figures td')
      .evaluateAll((boxes) => boxes.map((box) => box.scrollWidth > box.clientWidth))
    expect(isCut).not.toContain(true)
    const page = await atTheDesk(shop, await aDesktop({ colorScheme: 'light' }))
    await page.getByText('Show as a table').first().click()
    await look(page, 'overview-1280-light')
  })

  test('follows what needs attention by keyboard', async () => {
    const shop = await aShop()
    await shop.query(
      `INSERT INTO events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen)
       VALUES ('${'a'.repeat(64)}', 'payment', 'x', 'j', 'mismatched', 1, 1, 1)`,
    )
    const page = await atTheDesk(shop, await aPhone({ viewport: { width: 390, height: 844 } }))
    await look(page, 'overview-390-empty')
    const focused = () => page.evaluate('document.activeElement.textContent')
    for (let press = 0; press < 12 && (await focused()) !== 'Compare and decide'; press++)
      await page.keyboard.press('Tab')
    expect(await focused()).toBe('Compare and decide')
  })
})
