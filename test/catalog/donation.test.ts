import { describe, expect, test } from '@jest/globals'
import { CatalogError, findProduct, kindOf, readPaidContent } from '../../server/catalog/index.ts'
import { en } from '../../server/texts/index.ts'
import { openFaultless } from '../support/catalogue.ts'
import { aCatalogWithADonation } from '../support/donation.ts'

function open(change?: (text: string) => string) {
  const folder = aCatalogWithADonation(change)
  return openFaultless({ folder, reload: false, log: undefined as never })
}

describe('a donation’s file', () => {
  test('has a least amount, suggestions, text for everybody, and thanks', () => {
    const catalog = open()
    const product = findProduct(catalog, 'tea')
    expect(product).toMatchObject({
      kind: 'donation',
      price: { hundredths: 100, currency: 'usd' },
      choice: { from: 100, to: 25_000, suggested: [300, 500] },
      previewHtml: '<p dir="auto">Everything here was written over tea.</p>\n',
      thanksHtml: '<p dir="auto">THANKS-FOR-THE-TEA</p>\n',
      words: { paid: 0 },
    })
    expect(readPaidContent(catalog, 'tea')).toMatchObject({ html: '', file: undefined })
    expect(product && kindOf(product).grants(product)).toEqual([])
  })

  test('needs no thanks, and promises none then', () => {
    const product = findProduct(
      open((text) => text.replace(/<!-- more -->[\s\S]*/, '')),
      'tea',
    )
    expect(product?.thanksHtml).toBe('')
    expect(product && kindOf(product).gets(product, en)).toEqual(['A receipt, right after the payment'])
  })

  const PRICE = '{ from: 1 usd, suggest: [3 usd, 5 usd] }'
  test.each([
    [
      'one price',
      '3 usd',
      /tea\.md:3: price must have from and suggest, like \{ from: 1 usd, suggest: \[3 usd, 5 usd\] \}$/,
    ],
    ['no least amount', '{ suggest: [3 usd] }', /tea\.md:3: price\.from is missing$/],
    ['no suggestion', '{ from: 1 usd }', /tea\.md:3: price\.suggest is missing$/],
    [
      'an unknown part',
      '\n  from: 1 usd\n  suggest: [3 usd]\n  most: 9 usd',
      /tea\.md:6: "most" is not a part of price$/,
    ],
    [
      'a least amount below Code’s',
      '\n  from: 0.01 usd\n  suggest: [3 usd]',
      /tea\.md:4: price\.from: 0\.01 usd is below Code's minimum of 0\.05 usd$/,
    ],
    [
      'another currency',
      '\n  from: 1 usd\n  suggest:\n    - 3 usd\n    - 5 eur',
      /tea\.md:7: price\.suggest: a suggestion is in eur, but from is in usd$/,
    ],
    [
      'a suggestion below the least',
      '\n  from: 1 usd\n  suggest:\n    - 0.50 usd',
      /tea\.md:6: price\.suggest: a suggestion is less than from$/,
    ],
    [
      'a suggestion above Code’s maximum',
      '\n  from: 1 usd\n  suggest:\n    - 3 usd\n    - 300 usd',
      /tea\.md:7: price\.suggest: 300\.00 usd is above Code's maximum of 250\.00 usd$/,
    ],
    [
      'a number',
      '\n  from: 1 usd\n  suggest:\n    - 3',
      /tea\.md:6: an entry of price\.suggest needs a currency, like 3 usd$/,
    ],
  ])('with %s stops the start, with its line', (_what, price, message) => {
    expect(() => open((text) => text.replace(`price: ${PRICE}`, `price: ${price}`))).toThrow(CatalogError)
    expect(() => open((text) => text.replace(`price: ${PRICE}`, `price: ${price}`))).toThrow(message)
  })

  test('has no file', () => {
    expect(() => open((text) => text.replace('kind:', 'file: a.zip\nkind:'))).toThrow(
      /tea\.md:4: a donation has no file; use kind: download$/,
    )
  })
})
