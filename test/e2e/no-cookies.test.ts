import { expect, test } from '@jest/globals'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

const NOTICE = /This browser keeps no cookies, so it couldn’t keep/

describeInBrowser('a browser that keeps no cookies', () => {
  test('says so before anything is ordered or redeemed, offers to reload once, and changes nothing', async () => {
    const shop = await openShop()
    const { page, expectComplaint } = await aDesktop({ keepsCookies: false })
    await page.goto(`${shop.url}/products/article`)
    await page.getByText(NOTICE).waitFor()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.waitForURL(`${shop.url}/products/article`)
    const offer = await theOffer(page)
    await page.getByText(NOTICE).waitFor()
    expect(await page.getByRole('button', { name: 'Reload' }).count()).toBe(0)

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
      await page.getByRole('heading', { name: 'This browser keeps no cookies' }).waitFor()
      await page.goBack()
    }

    const friend = await aDesktop()
    await friend.page.goto(successUrl)
    await friend.page.getByRole('button', { name: 'Open it in this browser' }).click()
    await friend.page.getByRole('heading', { name: 'Paid' }).waitFor()
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
