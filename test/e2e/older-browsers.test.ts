import { test } from '@jest/globals'
import { aCatalogWithADonation } from '../support/donation.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

// What Safari 15, Chrome 94 or Firefox 93 don't have, and later ones do.
const NEWER = `
  const missing = [
    [AbortSignal, ['any', 'timeout']],
    [Array, ['fromAsync']],
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']],
    [Object, ['groupBy', 'hasOwn']],
    [Promise, ['try', 'withResolvers']],
    [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
    [URL, ['canParse', 'parse']],
    [Navigator.prototype, ['locks']],
    [globalThis, ['reportError', 'scheduler', 'structuredClone']],
  ]
  for (const [holder, names] of missing) for (const name of names) delete holder[name]`

describeInBrowser('a browser from the autumn of 2021', () => {
  test('pays an amount of its own choice', async () => {
    const shop = await openShop({ catalogFolder: aCatalogWithADonation() })
    const { page, context } = await aDesktop()
    await context.addInitScript(NEWER)
    const { button, modal } = await openOffer(page, `${shop.url}/products/tea`)
    await page.getByRole('textbox', { name: 'Another amount' }).fill('2.50')
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    await page.getByText('$2.50').first().waitFor()
  })

  test('shows a purchase once its payment has come', async () => {
    const shop = await openShop()
    const { page, context } = await aDesktop()
    await context.addInitScript(NEWER)
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    const [request] = await shop.requests()
    const intent = request?.intent ?? ''
    await page.goto(`${shop.url}/success/${intent}`)
    await page.getByRole('heading', { name: 'Confirming your payment' }).waitFor()
    await shop.approve(intent)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})
