import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aCatalogueOfOnesOwn } from '../support/own-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide } from './support/browser.ts'
import { openShop } from './support/shop.ts'

const SHOTS = process.env.SCREENSHOTS // a folder, to look at them

describeInBrowser('a shop of one’s own', () => {
  test.each(['light', 'dark'] as const)(
    'has its logo, colours, seller and pages on a phone, in %s',
    async (colorScheme) => {
      const { folder } = aCatalogueOfOnesOwn()
      const shop = await openShop({ catalogFolder: folder })
      const { page, expectComplaint } = await aPhone({ colorScheme })
      expectComplaint(/404/) // of the page that isn't there
      for (const path of ['/', '/pages/imprint', '/products/article', '/nowhere']) {
        await page.goto(shop.url + path)
        expect(await isTooWide(page)).toBe(false)
        if (path !== '/products/article') await expectAccessible(page)
        if (SHOTS)
          await page.screenshot({
            path: join(SHOTS, `${colorScheme}${path.replaceAll('/', '_')}.png`),
            fullPage: true,
          })
      }
      await page.getByRole('link', { name: 'Geschäftsbedingungen' }).click()
      await page.getByRole('heading', { name: 'Geschäftsbedingungen' }).waitFor()
      await page.waitForLoadState()
      await page.evaluate(`document.querySelector('.masthead img').decode()`) // fails for a picture that can't be shown
      const colour = await page.evaluate('getComputedStyle(document.querySelector(".skip")).backgroundColor')
      expect(colour).toBe(colorScheme === 'light' ? 'rgb(122, 46, 142)' : 'rgb(217, 163, 230)')
    },
  )

  test.each(['', 'logo: logo.svg'])(
    'shows its mark in full beside a long name, on a small phone: %j',
    async (logo) => {
      for (const name of ['Springfield Historical Society and Its Friends', 'Donau'.repeat(12)]) {
        const { folder, write } = aCatalogueOfOnesOwn()
        write('shop.yaml', `name: ${name}\n${logo}`)
        const shop = await openShop({ catalogFolder: folder })
        const { page } = await aPhone({ viewport: { width: 320, height: 640 } })
        await page.goto(shop.url)
        await page.getByRole('link', { name }).waitFor()
        const mark = await page.locator('.masthead :is(svg, img)').boundingBox()
        expect(mark).toMatchObject({ width: 28, height: 28 })
        expect(await isTooWide(page)).toBe(false)
      }
    },
  )

  test('begins with the next steps, which fit a phone', async () => {
    const { folder, remove } = aCatalogueOfOnesOwn()
    for (const name of ['article.md', 'download.md', 'other.md', 'shop.yaml']) remove(name)
    const shop = await openShop({ catalogFolder: folder })
    const { page } = await aPhone()
    await page.goto(shop.url)
    await page.getByText('catalog/first-steps.md').waitFor()
    expect(await isTooWide(page)).toBe(false)
    await expectAccessible(page)
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'empty.png'), fullPage: true })
  })

  test('has its heading, its lead and its cards at the same side as everything else, whatever their language', async () => {
    const { folder, write } = aCatalogueOfOnesOwn()
    write(
      'shop.yaml',
      'tagline: Recetas de la abuela, para cocinar sin prisa en casa\ndescription: Cada una se abre en cuanto pagas, y no hace falta ninguna cuenta para cocinarla.\n',
    )
    const shop = await openShop({ catalogFolder: folder })
    const { page } = await aDesktop({ locale: 'ar-EG', viewport: { width: 1280, height: 800 } })
    await page.goto(shop.url)
    const sides = await page.evaluate<
      number[]
    >(`['h1', '.lead', '.label', '.card h2', '.card p:not([class])', '.price'].map((each) => {
      const text = document.createRange()
      text.selectNodeContents(document.querySelector('main ' + each))
      return Math.max(...[...text.getClientRects()].map(({ right }) => Math.round(right)))
    })`)
    expect(new Set(sides).size).toBe(1)
    const direction = `['h1', '.lead', '.card h2', '.card p:not([class])'].map((each) => getComputedStyle(document.querySelector('main ' + each + ' bdi')).direction)`
    expect(await page.evaluate(direction)).toEqual(Array(4).fill('ltr'))
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'arabic.png'), fullPage: true })
  })
})
