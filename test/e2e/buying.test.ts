import { expect, test } from '@jest/globals'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

describeInBrowser('buying an article at a desk', () => {
  test('works in a live shop as in a sandboxed one: with the sandbox in place of Code', async () => {
    const shop = await openShop({ sandbox: 'beside', config: { mode: 'live' } })
    const { page } = await aDesktop()
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    expect(await page.getByText(/sandbox mode|real money|test wallet/i).count()).toBe(0)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('works under another name of the same shop', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const name = shop.url.replace('127.0.0.1', 'localhost')
    const { button, modal } = await openOffer(page, `${name}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${name}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('sends one order for a double click', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    let asked = 0
    await page.route('**/create-intent', async (route) => {
      asked++
      await route.continue()
    })
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.dblclick()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(asked).toBe(1)
  })
})
