import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aFolder } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { describeInBrowser, isTooWide, until } from './support/browser.ts'
import { APPROVE, atADesk, withAPhone } from './support/devices.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

const AUTHOR = 'GMVfxQfZWmeKU41xGkt7tBd9ExfNvrBLJN6zQQuZvHnt'
const PARTNER = 'So11111111111111111111111111111111111111112'

function aCatalogue(): string {
  const folder = aFolder()
  const product = (title: string, fields: string) =>
    `---\ntitle: ${title}\nkind: article\nsummary: A text.\n${fields}\n---\nBefore.\n\n<!-- more -->\n\nAFTER-THE-GATE\n`
  writeFileSync(join(folder, 'fixed.md'), product('Fixed', 'price: [0.25 usd, 0.20 eur, 30 jpy]'))
  writeFileSync(
    join(folder, 'chosen.md'),
    product(
      'Chosen',
      'price: [{ from: 1 usd, suggest: [3 usd] }, { from: 2 eur, suggest: [4 eur, 5 eur] }, 200 jpy]',
    ),
  )
  writeFileSync(
    join(folder, 'shared.md'),
    product(
      'Shared',
      `price: 0.25 usd\ndestination: ${AUTHOR}\nfees: [{ destination: ${PARTNER}, basisPoints: 250 }]`,
    ),
  )
  return folder
}

/** The words of these elements that stand on more than one line. */
function brokenWords(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('${selector}')].flatMap((element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const broken = []
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^ \\n]+/g)) {
        const range = document.createRange()
        range.setStart(texts.currentNode, index)
        range.setEnd(texts.currentNode, index + word.length)
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word)
      }
    }
    return broken
  })`)
}

describeInBrowser('a buyer', () => {
  test.each(['de-DE', 'ar-EG'])(
    'reads whole amounts in large letters on a small phone: %s',
    async (locale) => {
      const shop = await openShop({ catalogFolder: aCatalogue() })
      const { page, context } = await withAPhone.aVisitor({ locale, viewport: { width: 360, height: 740 } })
      const order = await context.request.post(`${shop.url}/create-intent`, {
        data: { product: 'chosen', currency: 'usd', hundredths: 24_999 },
      })
      await shop.approve(((await order.json()) as { id: string }).id)
      await until(async () => (await shop.deliveries())[0]?.state === 'delivered')
      for (const path of ['/products/fixed', '/purchases']) {
        await page.goto(shop.url + path)
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
        expect(await brokenWords(page, '.choose-suggested label, .price')).toEqual([])
        expect(await isTooWide(page)).toBe(false)
      }
    },
  )

  test('without JavaScript reads the prices in all currencies, and of nothing that could be pressed', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor({ locale: 'en-US', javaScriptEnabled: false })
    for (const path of ['fixed', 'chosen']) {
      await page.goto(`${shop.url}/products/${path}`)
      await page.getByText('¥').waitFor()
      expect(await page.locator('main :is(input, button):visible').count()).toBe(0)
      expect(await page.getByText('Press the button').isVisible()).toBe(false)
    }
  })

  for (const device of [atADesk, withAPhone])
    test(`${device.name} pays in the currency of their country`, async () => {
      const shop = await openShop({ catalogFolder: aCatalogue() })
      const { page } = await device.aVisitor({ locale: 'de-AT' })
      const { button } = await openOffer(page, `${shop.url}/products/fixed`)
      expect(await page.locator('[data-chosen-amount]').textContent()).toMatch(/^€\s0,20$/)
      await expectAccessible(page)
      await device.press(button)
      const wallet = await device.walletOn(page)
      await device.press(wallet.getByRole('button', { name: APPROVE }))
      await page.waitForURL(/\/success\/[\w-]+$/)
      expect((await shop.requests())[0]).toMatchObject({ amount: 20, currency: 'eur', state: 'approved' })
    })

  test('pays in another currency than their coupon’s, which the window shows too, and finds it on the receipt', async () => {
    const catalogFolder = aCatalogue()
    writeFileSync(join(catalogFolder, 'coupons.yaml'), 'DIME:\n  off: 0.10 usd\n')
    const shop = await openShop({ catalogFolder })
    const { page } = await atADesk.aVisitor({ locale: 'en-US' })
    await openOffer(page, `${shop.url}/products/fixed`)
    await page.getByText('Have a coupon?').click()
    await page.getByLabel('Coupon code').fill('DIME')
    await page.getByRole('button', { name: 'Apply' }).click()
    const { button, modal } = await openOffer(page, `${shop.url}/products/fixed`)
    expect(await page.locator('[data-chosen-amount]').textContent()).toBe('$0.15')
    await page.getByRole('radio', { name: /JPY/ }).check()
    expect(await page.locator('[data-chosen-amount]').textContent()).toBe('¥30')
    await atADesk.press(button)
    await modal.getByText(/¥30/).first().waitFor()
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.waitForURL(/\/success\/[\w-]+$/)
    expect((await shop.requests())[0]).toMatchObject({ amount: 3000, currency: 'jpy', state: 'approved' })
    expect(await page.locator('.receipt').textContent()).toContain('¥30')
  })

  test('chooses an amount in each currency, and sees only the choice of the current one', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor({ locale: 'en-US' })
    const { button } = await openOffer(page, `${shop.url}/products/chosen`)
    const shown = page.locator('[data-chosen-amount]')
    const choices = page.locator('[data-choose-amount]:visible')
    expect([await shown.textContent(), await choices.count()]).toEqual(['$3.00', 1])
    await page.getByRole('radio', { name: /JPY/ }).check()
    expect([await shown.textContent(), await choices.count()]).toEqual(['¥200', 0])
    await page.getByRole('radio', { name: /EUR/ }).check()
    expect([await shown.textContent(), await choices.count()]).toEqual(['€4.00', 1])
    await page.getByRole('radio', { name: '€5.00' }).check()
    await expectAccessible(page)
    await atADesk.press(button)
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.getByText('AFTER-THE-GATE').first().waitFor()
    expect((await shop.requests())[0]).toMatchObject({ amount: 500, currency: 'eur' })
  })

  test('goes from an amount that they chose to a currency with one price, and pays that', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor({ locale: 'en-US' })
    const { button, modal } = await openOffer(page, `${shop.url}/products/chosen`)
    await page.getByRole('radio', { name: /EUR/ }).check()
    await page.getByRole('radio', { name: '€5.00' }).check()
    await page.getByRole('radio', { name: /JPY/ }).check()
    await atADesk.press(button)
    await modal.getByText(/¥200/).first().waitFor()
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.getByText('AFTER-THE-GATE').first().waitFor()
    expect((await shop.requests())[0]).toMatchObject({ amount: 20_000, currency: 'jpy' })
  })

  test('changes the currency while the order is on its way, and is asked for what the page shows the next time', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor({ locale: 'en-US' })
    const { button, modal } = await openOffer(page, `${shop.url}/products/fixed`)
    await page.route(
      '**/create-intent',
      async (route) => {
        await page.evaluate(`document.querySelector('[data-choose-currency] [value=jpy]').click()`) // as by keyboard
        await route.continue()
      },
      { times: 1 },
    )
    await atADesk.press(button)
    await modal
      .getByText(/\$0\.25/)
      .first()
      .waitFor()
    await atADesk.leave(page, await atADesk.walletOn(page))
    expect(await page.locator('[data-chosen-amount]').textContent()).toBe('¥30')
    await atADesk.press(button)
    await modal.getByText(/¥30/).first().waitFor()
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.waitForURL(/\/success\/[\w-]+$/)
    expect(await page.locator('.receipt').textContent()).toContain('¥30')
    expect((await shop.requests()).map(({ currency, state }) => [currency, state])).toContainEqual([
      'jpy',
      'approved',
    ])
    expect(await shop.requests()).toHaveLength(2)
  })

  test('pays an author with a partner, where the only currency is a foreign one', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor({ locale: 'de-DE' })
    const { button } = await openOffer(page, `${shop.url}/products/shared`)
    await page.getByText('Die Währung ist US-Dollar (USD).').waitFor()
    await atADesk.press(button)
    const wallet = await atADesk.walletOn(page)
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.getByText('AFTER-THE-GATE').first().waitFor()
    expect((await shop.requests())[0]).toMatchObject({
      amount: 25,
      destination: AUTHOR,
      fees: [{ destination: PARTNER, basisPoints: 250 }],
      state: 'approved',
    })
  })
})
