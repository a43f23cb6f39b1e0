import { expect, test } from '@jest/globals'
import { aCatalogWithCoupons } from '../support/coupons.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

describeInBrowser('a coupon', () => {
  test('is entered on the page, where a wrong code is explained, and its price is what is paid', async () => {
    const shop = await openShop({ catalogFolder: aCatalogWithCoupons() })
    const { page, expectComplaint } = await aDesktop()
    expectComplaint(/422/) // the browser's word on the wrong code
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
