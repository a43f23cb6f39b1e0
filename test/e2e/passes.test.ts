import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DAY_MS } from '../../server/time.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { expectAccessible } from './support/axe.ts'
import { describeInBrowser, until } from './support/browser.ts'
import { APPROVE, atADesk as device } from './support/devices.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

const RYE = 'PAID-PART-OF-RYE'
// Days are those of the shop's time zone, and the test takes seconds: where it is noon now, none of them ends meanwhile.
const HOURS_AFTER_NOON = new Date().getUTCHours() - 12
const NOON = `Etc/GMT${HOURS_AFTER_NOON < 0 ? '' : '+'}${HOURS_AFTER_NOON}` // whose signs are the other way round

describeInBrowser('somebody with a pass', () => {
  test('reads and downloads what it opens, sees its end come, and buys one thing for good', async () => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await openShop({ catalogFolder, env: { TIME_ZONE: NOON } })
    const { page } = await device.aVisitor()
    const pay = async () => {
      const { button } = await theOffer(page)
      await device.press(button)
      const wallet = await device.walletOn(page)
      await device.press(wallet.getByRole('button', { name: APPROVE }))
      await page.waitForURL(/\/success\/[\w-]+$/)
      await page.locator('#page\\.receipt').waitFor()
    }

    await openOffer(page, `${shop.url}/products/bread-week`)
    await pay()
    await page.getByText(/^Open until the end of/).waitFor()
    await expectAccessible(page)

    await page.goto(shop.url)
    expect(await page.getByText('Open to you').count()).toBe(4) // two products, and both passes for them
    await page.getByRole('link', { name: 'Rye' }).click()
    await page.getByText(RYE).waitFor()
    await expectAccessible(page)

    await page.goto(`${shop.url}/products/table`)
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download' }).click()
    expect(readFileSync(await (await coming).path(), 'utf8')).toBe(
      readFileSync(`${catalogFolder}/files/table.csv`, 'utf8'),
    )

    shop.age(5 * DAY_MS)
    await page.goto(`${shop.url}/products/rye`)
    await page.getByText('It ends soon: 3 days are left, including today.').waitFor()
    await page.goto(`${shop.url}/products/bread-week`)
    await page.getByText('Buying it adds 7 days to what you have.').waitFor()
    await expectAccessible(page)

    await page.goto(`${shop.url}/products/rye`)
    await page.getByRole('link', { name: 'Buy it for good' }).click()
    await pay()

    await page.goto(`${shop.url}/products/table`)
    await page.getByText('PAID-PART-OF-TABLE').waitFor()
    shop.age(3 * DAY_MS)
    await page.goto(`${shop.url}/purchases`)
    await page.getByText(/^It ended with/).waitFor()
    await page.goBack()
    await theOffer(page)
    expect(await page.getByText('PAID-PART-OF-TABLE').count()).toBe(0)
    await page.goto(`${shop.url}/products/rye`)
    await page.getByText(RYE).waitFor()
  })
})

describeInBrowser('somebody who presses the button of a pass again', () => {
  test.each(['behind a closed window', 'in another tab'])(
    'after the payment has arrived %s is not charged twice',
    async (where) => {
      const shop = await openShop({ catalogFolder: aCatalogWithPasses() })
      const visitor = await device.aVisitor()
      const { page, context } = visitor
      const { button } = await openOffer(page, `${shop.url}/products/bread-week`)
      await device.press(button)
      const wallet = await device.walletOn(page)
      const again =
        where === 'in another tab' ? await openOffer(await context.newPage(), page.url()) : undefined
      if (again) {
        await device.press(again.button)
        await again.status.getByText('This order is open in another tab').waitFor()
      } else await device.leave(page, wallet)
      const [{ intent = '' } = {}] = await shop.requests()
      await shop.approve(intent)
      await until(async () => (await shop.deliveries())[0]?.state === 'delivered')

      visitor.expectComplaint(/409/)
      await device.press(again?.button ?? button)
      const status = again?.status ?? page.locator('[data-pay-status]')
      await status.getByText(/^You haven’t been charged this time\. An earlier payment/).waitFor()
      expect(await shop.requests()).toHaveLength(1)
    },
  )
})
