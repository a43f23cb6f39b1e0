import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aPng } from '../support/png.ts'
import { aFolder } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'
import { type OpenShop, openShop } from './support/shop.ts'

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const PHRASE = 'a cell with a few words'
const ROW = (cell: string) => `| ${Array(9).fill(cell).join(' | ')} |`
const HARD = `---
title: שלום ${LONG}
price: 0.25 usd
kind: article
summary: ${LONG}
---
# שלום

שלום, עולם.

![A loaf](seen.png)

${ROW(PHRASE)}
${ROW('---:')}
${ROW('something')}

\`\`\`
${'const line = that(never, ends); '.repeat(9)}
\`\`\`

English, too. [The end](#the-end)

<!-- more -->

![Dough](paid.png)

${ROW(LONG)}
${ROW(':-:')}
${ROW(LONG)}

## The end

${LONG}${LONG}
`

function aShopWithHardTexts(): Promise<OpenShop> {
  const folder = aFolder()
  writeFileSync(join(folder, 'hard.md'), HARD)
  writeFileSync(join(folder, 'seen.png'), aPng(900, 60))
  writeFileSync(join(folder, 'paid.png'), aPng(901, 60))
  return openShop({ catalogFolder: folder })
}

async function buy({ url, sandboxUrl }: OpenShop, { context }: Visitor, product: string): Promise<string> {
  const response = await context.request.post(`${url}/create-intent`, { data: { product } })
  const { id } = (await response.json()) as { id: string }
  await context.request.post(`${sandboxUrl}/wallet/requests/${id}/approve`, { data: {} })
  return id
}

/** What sticks out of the page on the right or on the left; what a box of its own scrolls or cuts off doesn't. */
function tooWide(page: Page, boxes: string): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((element) => !element.closest('.skip, svg') && (element.matches('${boxes}') || !element.closest('${boxes}')))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left < -1 || right > document.documentElement.clientWidth + 1
    })
    .map((element) => element.outerHTML.slice(0, 80))`)
}

async function expectReadable(page: Page): Promise<void> {
  expect(await tooWide(page, '.table, pre')).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

/** The width of a picture's own pixels, once it has arrived. */
async function widthOf(page: Page, alt: string): Promise<unknown> {
  await page.getByAltText(alt).scrollIntoViewIfNeeded()
  const picture = `document.querySelector('.prose [alt="${alt}"]')`
  return page.evaluate(`${picture}.decode().then(() => ${picture}.naturalWidth)`)
}

function directionOf(page: Page, selector: string): Promise<unknown> {
  return page.evaluate(`getComputedStyle(document.querySelector('${selector}')).direction`)
}

describeInBrowser('texts of any kind', () => {
  test('on a phone nothing makes a page scroll sideways, before and after paying', async () => {
    const shop = await aShopWithHardTexts()
    const visitor = await aPhone()
    const { page } = visitor
    for (const path of ['/', '/products/hard', '/cancel?product=hard']) {
      await page.goto(shop.url + path)
      await expectReadable(page)
    }
    const id = await buy(shop, visitor, 'hard')
    await page.goto(`${shop.url}/success/${id}`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    for (const path of [`/success/${id}`, '/products/hard', '/purchases']) {
      await page.goto(shop.url + path)
      await expectReadable(page)
    }
    await page.goto(`${shop.url}/products/hard`)
    const scrolled = `[...document.querySelectorAll('.table')].map((table) => {
      table.scrollLeft = 50
      return table.scrollLeft
    })`
    expect(await page.evaluate(scrolled)).toEqual([50, 50])
    await expectAccessible(page)
  })

  test('pictures show, directions are right, links lead to their headings, and on paper everything is there', async () => {
    const shop = await aShopWithHardTexts()
    const visitor = await aDesktop()
    const { page } = visitor
    await page.goto(`${shop.url}/products/hard`)
    expect(await widthOf(page, 'A loaf')).toBe(900)
    const directions = await Promise.all(
      ['.prose h2', '.prose p', '.prose .table'].map((each) => directionOf(page, each)),
    )
    expect(directions).toEqual(['rtl', 'rtl', 'ltr'])

    const id = await buy(shop, visitor, 'hard')
    for (const path of [`/success/${id}`, '/products/hard']) {
      await page.goto(shop.url + path)
      expect(await widthOf(page, 'Dough')).toBe(901)
    }
    await page.getByRole('link', { name: 'The end' }).click()
    expect(await page.evaluate('document.querySelector(":target").textContent')).toBe('The end')

    await page.setViewportSize({ width: 700, height: 900 }) // as wide as the text on A4
    await page.emulateMedia({ media: 'print' })
    expect(await tooWide(page, '.nothing')).toEqual([])
    const hidden = `[...document.querySelectorAll('.table, pre')].filter((box) => box.scrollWidth > box.clientWidth + 1).length`
    expect(await page.evaluate(hidden)).toBe(0)
  })

  test('words and numbers in a table of few columns stay whole on paper', async () => {
    const catalogFolder = aFolder()
    const row = `| Fermentation | 12,500.75 | ${'Long words of a cell beside them. '.repeat(20)} |`
    writeFileSync(
      join(catalogFolder, 'table.md'),
      `---\ntitle: Table\nprice: 0.25 usd\nkind: article\nsummary: All.\n---\n| a | b | c |\n|--|--|--|\n${row}\n\n<!-- more -->\n\nMore.\n`,
    )
    const shop = await openShop({ catalogFolder })
    const { page } = await aDesktop()
    await page.setViewportSize({ width: 700, height: 900 })
    await page.goto(`${shop.url}/products/table`)
    await page.emulateMedia({ media: 'print' })
    const lines = `[...document.querySelectorAll('.prose td:not(:last-child)')].map((cell) => { const range = document.createRange(); range.selectNodeContents(cell); return range.getClientRects().length })`
    expect(await page.evaluate(lines)).toEqual([1, 1])
  })

  test('headings of each level are no smaller than the text, and on paper stay with what follows them', async () => {
    const catalogFolder = aFolder()
    const levels = [2, 3, 4, 5, 6]
    const headings = levels.map((level) => `${'#'.repeat(level)} Level ${level}\n\nText.\n`).join('\n')
    writeFileSync(
      join(catalogFolder, 'levels.md'),
      `---\ntitle: Levels\nprice: 0.25 usd\nkind: article\nsummary: All.\n---\n${headings}\n<!-- more -->\n\nMore.\n`,
    )
    const shop = await openShop({ catalogFolder })
    const { page } = await aDesktop()
    await page.goto(`${shop.url}/products/levels`)
    const sizes = await page.evaluate<number[]>(
      `['p', 'h6', 'h5', 'h4', 'h3', 'h2'].map((each) => parseFloat(getComputedStyle(document.querySelector('.prose ' + each)).fontSize))`,
    )
    expect(sizes).toEqual(sizes.toSorted((one, other) => one - other))
    await page.emulateMedia({ media: 'print' })
    const breaks = `[...document.querySelectorAll('h1, .prose :is(h2, h3, h4, h5, h6)')].map((each) => getComputedStyle(each).breakAfter)`
    expect(await page.evaluate(breaks)).toEqual(Array(6).fill('avoid'))
    expect(await page.locator('.languages').isVisible()).toBe(false)
  })
})
