import { expect, test } from '@jest/globals'
import { loadFrameTexts } from '../../sandbox/texts/index.ts'
import { loadTexts } from '../../server/texts/index.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

/** Without the marks of a text's direction, which the frame has around it instead. */
function withoutMarks(text: string | null): string {
  return (text ?? '').replace(/\p{Bidi_Control}/gu, '')
}

describeInBrowser('the shop in other languages', () => {
  test('is bought from in German, the wallet’s modal and the receipt included', async () => {
    const shop = await openShop()
    const { page, expectComplaint } = await aDesktop({ locale: 'de-DE' })
    const [de, frames] = await Promise.all([loadTexts('de'), loadFrameTexts('de')])
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.click()
    await modal.getByRole('combobox').selectOption({ label: 'Dora, 1.000 Kin' })
    expectComplaint(/409/)
    await modal.getByRole('button', { name: frames.approve }).click()
    await modal.getByText(/^Dora hat 1.000 Kin, aber/).waitFor()
    await modal.getByRole('combobox').selectOption({ index: 0 })
    await modal.getByRole('button', { name: frames.approve }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    await page.getByRole('heading', { name: de.success.heading }).waitFor()
    await page.getByRole('heading', { name: de.receipt.heading, exact: true }).waitFor()
    await expectAccessible(page)
  })

  test('has the same amount in the wallet’s modal as on its pages, in Egypt', async () => {
    const shop = await openShop()
    const { page } = await aDesktop({ locale: 'ar-EG' })
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.click()
    await modal.getByRole('combobox').waitFor()
    const price = (await page.locator('.price').textContent()) ?? ''
    expect(withoutMarks(price)).toContain('0.25')
    expect(await modal.getByRole('heading', { level: 1 }).textContent()).toBe(price) // with the marks that keep US$ together
    expect(await modal.getByRole('combobox').textContent()).toContain('Dora، 1,000 kin')
  })

  test('gives headings taller lines in languages whose script needs it, and no other', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.goto(`${shop.url}/purchases`)
    const lineOf = (lang: string) =>
      page.evaluate(`(() => {
        document.documentElement.lang = '${lang}'
        const { lineHeight, fontSize, letterSpacing } = getComputedStyle(document.querySelector('h1'))
        return [(parseFloat(lineHeight) / parseFloat(fontSize)).toFixed(2), letterSpacing]
      })()`)
    for (const lang of ['ar', 'fa', 'he-IL', 'hi', 'th', 'zh', 'zh-TW', 'vi'])
      expect([lang, await lineOf(lang)]).toEqual([lang, ['1.40', 'normal']])
    for (const lang of ['en', 'de-AT', 'pl', 'cs', 'tr', 'ru', 'el'])
      expect([lang, await lineOf(lang)]).toEqual([lang, ['1.15', expect.stringMatching(/^-/)]])
  })

  test('stands from right to left as a whole in Arabic, and fits a phone', async () => {
    const shop = await openShop()
    const { page } = await aPhone({ locale: 'ar' })
    const { layout } = await loadTexts('ar')
    for (const path of [
      '/',
      '/products/article',
      '/purchases',
      '/problems/unexpected',
      '/cancel?product=article',
    ]) {
      await page.goto(shop.url + path)
      expect(await isTooWide(page)).toBe(false)
      const nameAt = await page.locator('.masthead .name').boundingBox()
      const linkAt = await page.locator('.masthead').getByText(layout.purchases).boundingBox()
      expect(nameAt?.x).toBeGreaterThan(Number(linkAt?.x))
    }
    await page.goto(`${shop.url}/products/article`)
    await expectAccessible(page)
  })

  test('is chosen in the footer, and stays as it was chosen', async () => {
    const shop = await openShop()
    const { page } = await aPhone({ locale: 'de-DE' })
    const es = await loadTexts('es')
    await page.goto(`${shop.url}/cancel?product=article`)
    await page.getByRole('button', { name: 'Español' }).click()
    await page.getByRole('heading', { name: es.cancelled.heading }).waitFor()
    expect(page.url()).toBe(`${shop.url}/cancel?product=article`)
    await page.goto(`${shop.url}/purchases`)
    await page.getByRole('heading', { name: es.purchases.title }).waitFor()
  })
})
