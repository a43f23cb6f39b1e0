import { writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aFreePort } from '../../scripts/support/free-port.js'
import { aCatalogWithCoupons } from '../support/coupons.ts'
import { later } from '../support/workplace.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

const NOTICE = /This browser doesn’t keep cookies, so it would lose/

/** A shop at an address at which no browser gets its cookies. */
async function aShopThatLosesCookies(options: { catalogFolder?: string } = {}) {
  const port = await aFreePort()
  const lossyUrl = `http://localhost:${port}`
  const shop = await openShop({ ...options, env: { PUBLIC_URL: lossyUrl } })
  const server = createServer((near) => {
    const far = connect(shop.config.port, '127.0.0.1')
    near.pipe(far)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
    far.on('data', (response) =>
      near.write(response.toString('latin1').replaceAll('Set-Cookie:', 'X-Lost:'), 'latin1'),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  later(() => server.close())
  return { ...shop, lossyUrl }
}

/** In pixels, from the lower edge of one to the upper edge of the other */
async function spaceBetween(page: Page, above: string, below: string) {
  const [upper, lower] = await Promise.all([above, below].map((one) => page.locator(one).boundingBox()))
  return upper && lower ? lower.y - upper.y - upper.height : undefined
}

describeInBrowser('a browser that keeps no cookies', () => {
  test('says so before anything is ordered or redeemed, offers to reload once, and changes nothing', async () => {
    const shop = await aShopThatLosesCookies()
    const { page, expectComplaint } = await aDesktop()
    await page.goto(`${shop.lossyUrl}/products/article`)
    await page.getByText(NOTICE).waitFor()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.waitForURL(`${shop.lossyUrl}/products/article`)
    const offer = await theOffer(page)
    await page.getByText(NOTICE).waitFor()
    expect(await page.getByRole('button', { name: 'Reload' }).count()).toBe(0)
    expect(await spaceBetween(page, '[data-code-button]', '[data-no-cookies]')).toBeGreaterThan(8)

    expectComplaint(/status of 403 |answered: 403 /)
    await offer.button.click()
    await page.locator('[data-no-cookies]:focus').waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
    expect(await shop.requests()).toEqual([])

    const program = await fetch(`${shop.url}/create-intent`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"product":"article"}',
    })
    const { id, successUrl } = (await program.json()) as { id: string; successUrl: string }
    await shop.approve(id)
    await page.goto(successUrl)
    await page.getByText(NOTICE).waitFor()
    for (let press = 0; press < 4; press++) {
      await page.getByRole('button', { name: 'Open it in this browser' }).click()
      await page.getByRole('heading', { name: 'This browser doesn’t keep cookies' }).waitFor()
      await page.goBack()
    }

    const friend = await aDesktop()
    await friend.page.goto(successUrl.replace(shop.lossyUrl, shop.url))
    await friend.page.getByRole('button', { name: 'Open it in this browser' }).click()
    await friend.page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test.each([
    ['is free', ''],
    ['is free and offers to tip', 'tip: { platform: x, username: "@somebody" }\n'],
  ])('is warned on a page that %s', async (_what, tip) => {
    const catalogFolder = aCatalogWithCoupons()
    writeFileSync(
      join(catalogFolder, 'bread.md'),
      `---\ntitle: Bread\nprice: 5 usd\nkind: article\nsummary: To read.\n${tip}---\nFree.\n\n<!-- more -->\n\nBREAD-FOR-BUYERS\n`,
    )
    const { lossyUrl } = await aShopThatLosesCookies({ catalogFolder })
    const { page, context } = await aDesktop()
    await context.addCookies([{ name: 'coupon', value: 'GIFT', url: lossyUrl }])
    await page.goto(`${lossyUrl}/products/bread`)
    await page.getByRole('button', { name: 'Get it for free' }).waitFor()
    await page.getByText(NOTICE).waitFor()
  })

  test('because they were cleared: the page offers to reload, and then sells', async () => {
    const shop = await openShop()
    const { page, context, expectComplaint } = await aDesktop()
    const offer = await openOffer(page, `${shop.url}/products/article`)
    expect(await page.getByText(NOTICE).isVisible()).toBe(false)
    await context.clearCookies()
    expectComplaint(/status of 403 |answered: 403 /)
    await offer.button.click()
    await page.getByRole('button', { name: 'Reload' }).click()
    const again = await theOffer(page)
    await again.button.click()
    await again.modal.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})
