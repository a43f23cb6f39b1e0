import { expect, test } from '@jest/globals'
import { aCatalogWithCoupons, COUPONS } from '../support/coupons.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

describeInBrowser('a coupon', () => {
  test('is entered on the page, where a wrong code is explained, and its price is what is paid', async () => {
    const shop = await openShop({ catalogFolder: aCatalogWithCoupons() })
    const { page } = await aDesktop()
    await page.goto(`${shop.url}/products/bread`)
    await page.getByText('Have a coupon?').click()
    await page.getByLabel('Coupon code').fill('NO-SUCH-CODE')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('alert').getByText('This code can’t be used here.').waitFor()
    await expectAccessible(page)
    await page.getByLabel('Coupon code').fill('twice')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('with the coupon TWICE').waitFor()
    expect(page.url()).toBe(`${shop.url}/products/bread`)
    await expectAccessible(page)
    const { button, modal } = await openOffer(page, `${shop.url}/products/bread`)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    await page.getByText('BREAD-FOR-BUYERS').waitFor()
    const [request] = await shop.requests()
    expect(request).toMatchObject({ amount: 400, state: 'approved' })
  })

  test('that is wrong leaves an offer that can be loaded again: what was bought in another tab is shown', async () => {
    const shop = await openShop({ catalogFolder: aCatalogWithCoupons() })
    const { page, context, expectComplaint } = await aDesktop()
    await page.goto(`${shop.url}/products/bread`)
    await page.getByText('Have a coupon?').click()
    await page.getByLabel('Coupon code').fill('NO-SUCH-CODE')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('alert').getByText('This code can’t be used here.').waitFor()
    const { button } = await theOffer(page)
    const otherTab = await context.newPage()
    const other = await openOffer(otherTab, `${shop.url}/products/bread`)
    await other.button.click()
    await other.modal.getByRole('button', { name: 'Approve' }).click()
    await otherTab.getByRole('heading', { name: 'Paid' }).waitFor()

    expectComplaint(/409/)
    await page.bringToFront()
    await button.click()
    await page.getByText('BREAD-FOR-BUYERS').waitFor()
  })

  test('that makes it free while its page is open says so before anything is had', async () => {
    const catalogFolder = aCatalogWithCoupons()
    const shop = await openShop({ catalogFolder })
    const { page, context, expectComplaint } = await aDesktop()
    await context.addCookies([{ name: 'coupon', value: 'FIFTH', url: shop.url }])
    const { button } = await openOffer(page, `${shop.url}/products/bread`)
    aCatalogWithCoupons(COUPONS.replace('off: 20%', 'off: 100%\n  uses: 3'), catalogFolder)
    expectComplaint(/422/)
    await button.click()
    await page.getByRole('button', { name: 'Get it for free' }).waitFor()
    await page.getByText(/^The price or terms changed.* You haven’t been charged/).waitFor()
    await expectAccessible(page)
  })

  test('that makes it free needs no payment', async () => {
    const shop = await openShop({ catalogFolder: aCatalogWithCoupons() })
    const { page } = await aDesktop()
    await page.goto(`${shop.url}/products/bread`)
    await page.getByText('Have a coupon?').click()
    await page.getByLabel('Coupon code').fill('GIFT')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('button', { name: 'Get it for free' }).click()
    await page.getByRole('heading', { name: 'It’s yours.' }).waitFor()
    await expectAccessible(page)
    await page.getByText('BREAD-FOR-BUYERS').waitFor()
    expect(await shop.requests()).toEqual([])
  })
})
