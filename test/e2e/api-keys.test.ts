import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFolder } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { describeInBrowser, isTooWide } from './support/browser.ts'
import { APPROVE, atADesk } from './support/devices.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

function aCatalogue(): string {
  const folder = aFolder()
  const fields =
    'title: Three searches\nprice: 0.25 usd\nkind: api\nendpoint: search\ncalls: 3\nsummary: Search.'
  writeFileSync(join(folder, 'searches.md'), `---\n${fields}\n---\nHow to search.\n`)
  return folder
}

describeInBrowser('a developer', () => {
  test('buys calls, gets a key that is shown once, and calls with it until none is left', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    const { button } = await openOffer(page, `${shop.url}/products/searches`)
    await atADesk.press(button)
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await atADesk.press(page.getByRole('link', { name: 'Get the key' }))
    await page.getByText('Calls left: 3 of 3').waitFor()
    await atADesk.press(page.getByRole('button', { name: 'Make a key' }))
    const key = await page.getByText(/^nk_[0-9a-f]{32}$/).textContent()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await isTooWide(page)).toBe(false)
    const call = () =>
      fetch(`${shop.url}/api/search?q=search`, {
        headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
      })
    const statuses = [await call(), await call(), await call(), await call()].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 402])
    await page.reload() // sends the form again
    await page.getByText('You have a key already').waitFor()
    expect((await call()).status).toBe(402)
    await page.goto(`${shop.url}/api-keys`)
    await page.getByText('Calls left: 0 of 3').waitFor()
    expect(await page.content()).not.toContain(key)
  })
})
