import { expect, test } from '@jest/globals'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, type Visitor } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

type Shop = Awaited<ReturnType<typeof openShop>>

/** A phone buys, and its wallet shows the address that it would open in the phone's default browser. */
async function buyOnAPhone(shop: Shop, { page }: Visitor): Promise<string> {
  const { button } = await openOffer(page, `${shop.url}/products/article`)
  await button.tap()
  await page.waitForURL(`${shop.sandboxUrl}/pay/*`)
  await page.getByRole('checkbox', { name: 'Return in another browser' }).check()
  await page.getByRole('button', { name: 'Approve' }).tap()
  await page.getByRole('heading', { name: 'Return in another browser' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('img', { name: 'QR code of this address' }).waitFor()
  return (await page.locator('[data-return]').getAttribute('href')) ?? ''
}

describeInBrowser('a wallet that returns in another browser', () => {
  test.each([true, false])(
    'leads there to one button that redeems, with the sandbox beside the shop (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const shop = await openShop({ sandbox: 'beside' })
      const phone = await aPhone()
      const address = await buyOnAPhone(shop, phone)
      const code = new URL(address).searchParams.get('redeem') ?? ''
      expect(code).toMatch(/^[0-9a-f]{32}$/)
      const [request] = await shop.requests()

      const { page, requests } = await aDesktop({ javaScriptEnabled })
      await page.goto(address)
      expect(await page.content()).not.toContain('PAID-PART')
      await page.getByRole('main').getByRole('button').click()
      await page.waitForURL(new RegExp(`/success/${request?.intent}$`))
      await page.goto(`${shop.url}/products/article`)
      await page.getByText('PAID-PART').waitFor()
      expect(requests.filter((url) => url.includes(code))).toEqual([address])

      const trace = `${shop.sandboxUrl}/traces/${request?.intent}`
      for (const Accept of ['text/plain', 'application/json'])
        expect(await (await fetch(trace, { headers: { Accept } })).text()).not.toContain(code)
      expect(JSON.stringify(await shop.requests())).not.toContain(code)
    },
  )

  test('tells no other host the address with the code', async () => {
    const shop = await openShop({ sandbox: 'beside' })
    const phone = await aPhone()
    const seen: string[] = []
    phone.context.on('request', async (request) => {
      const { referer = '' } = await request.allHeaders().catch(() => ({ referer: '' }))
      const isElsewhere = !request.url().startsWith(new URL(referer || request.url()).origin)
      if (referer.includes('redeem') && isElsewhere) seen.push(`${request.url()} from ${referer}`)
    })
    await buyOnAPhone(shop, phone)
    const opening = phone.context.waitForEvent('page')
    await phone.page.locator('[data-return]').tap()
    const opened = await opening
    await opened.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(opened.url()).not.toContain('redeem')
    expect(seen).toEqual([])
  })
})
