import { describe, expect, test } from '@jest/globals'
import { atChosenPrice, findProduct, forReader, openCatalog } from '../../server/catalog/index.ts'
import { anyPrice, chosenPrice } from '../../server/catalog/kinds/rules.ts'
import { systemClock } from '../../server/time.ts'

const catalog = openCatalog({
  clock: systemClock,
  folder: 'test/support/catalog',
  reload: false,
  log: undefined as never,
})
const article = findProduct(catalog, 'article')
if (!article) throw new Error('The catalogue of the tests has no article')
const open = { ...article, choice: { from: 100, to: 25_000, suggested: [300, 500] } }

describe('an amount that the buyer may choose', () => {
  test.each([100, 101, 300, 25_000])('is the price of the order: %d', (hundredths) => {
    expect(atChosenPrice(open, { hundredths })).toEqual({ ...open, price: { hundredths, currency: 'usd' } })
    expect(open.price).toEqual({ hundredths: 25, currency: 'usd' })
  })

  test.each([undefined, 0, 99, 25_001, Number.MAX_SAFE_INTEGER])(
    'is refused outside of its limits: %p',
    (hundredths) => {
      expect(() => atChosenPrice(open, { hundredths })).toThrow(
        'For An article, "hundredths" must be a whole number from 100 to 25000 ($1.00 to $250.00)',
      )
    },
  )

  test('is refused where the price is fixed', () => {
    expect(atChosenPrice(article, {})).toBe(article)
    expect(() => atChosenPrice(article, { hundredths: 25 })).toThrow(
      'An article has a fixed price: order it without "hundredths"',
    )
  })
})

describe('the rule for a price that buyers choose', () => {
  const read = (price: unknown) => chosenPrice.safeParse(price)

  test('has a least amount and suggestions; Code’s maximum is the most', () => {
    expect(read({ from: '1 usd', suggest: ['3 USD', '5 usd'] }).data).toEqual([
      {
        price: { hundredths: 100, currency: 'usd' },
        choice: { from: 100, to: 25_000, suggested: [300, 500] },
      },
    ])
  })

  test.each([
    [
      'a fixed price',
      '3 usd',
      [],
      'must have from and suggest, like { from: 1 usd, suggest: [3 usd, 5 usd] }',
    ],
    ['no least amount', { suggest: ['3 usd'] }, ['from'], 'must be text'],
    [
      'no suggestions',
      { from: '1 usd' },
      ['suggest'],
      'must be a list of amounts, like suggest: [3 usd, 5 usd]',
    ],
    ['an empty list', { from: '1 usd', suggest: [] }, ['suggest'], 'must have at least one amount'],
    [
      'a long list',
      { from: '1 usd', suggest: [1, 2, 3, 4, 5, 6, 7].map((n) => `${n} usd`) },
      ['suggest'],
      'must have at most 6 amounts',
    ],
    [
      'a suggestion that is no amount',
      { from: '1 usd', suggest: ['3 usd', 'five'] },
      ['suggest', 1],
      '"five" is not an amount and a currency, like 0.25 usd',
    ],
    [
      'a suggestion in another currency',
      { from: '1 usd', suggest: ['3 usd', '5 eur'] },
      ['suggest', 1],
      'a suggestion is in eur, but from is in usd',
    ],
    [
      'a suggestion that is too small',
      { from: '1 usd', suggest: ['0.99 usd'] },
      ['suggest', 0],
      'a suggestion is less than from',
    ],
    [
      'a suggestion that is too large',
      { from: '1 usd', suggest: ['250.01 usd'] },
      ['suggest', 0],
      "250.01 usd is above Code's maximum of 250.00 usd",
    ],
    [
      'a suggestion twice',
      { from: '1 usd', suggest: ['3 usd', '3.00 usd'] },
      ['suggest', 1],
      'the same amount is suggested twice',
    ],
    [
      'a least amount below Code’s',
      { from: '0.01 usd', suggest: ['3 usd'] },
      ['from'],
      "0.01 usd is below Code's minimum of 0.05 usd",
    ],
  ])('refuses %s', (_what, price, path, message) => {
    expect(read(price).error?.issues[0]).toMatchObject({ path, message })
  })

  test('refuses what it does not know', () => {
    const [issue] = read({ from: '1 usd', suggest: ['3 usd'], to: '9 usd' }).error?.issues ?? []
    expect(issue).toMatchObject({ code: 'unrecognized_keys', keys: ['to'] })
  })
})

describe('a price in several currencies', () => {
  const usd = { price: { hundredths: 25, currency: 'usd' } }
  const eur = { price: { hundredths: 20, currency: 'eur' } }
  const dearer = { from: '1 eur', suggest: ['3 eur'] }
  const several = { ...article, prices: [usd, { ...eur, choice: undefined }] }

  test.each<[string, unknown, unknown[]]>([
    ['one amount', '0.25 usd', [usd]],
    ['a list of amounts', ['0.25 usd', '0.20 eur'], [usd, eur]],
    [
      'a list that has both kinds of prices',
      ['0.25 usd', dearer],
      [
        usd,
        { price: { hundredths: 100, currency: 'eur' }, choice: { from: 100, to: 25_000, suggested: [300] } },
      ],
    ],
  ])('is read from %s', (_what, price, read) => {
    expect(anyPrice.safeParse(price).data).toMatchObject(read)
  })

  test.each<[string, unknown, (string | number)[], string]>([
    ['an empty list', [], [], 'must have at least one price'],
    ['a currency twice', ['0.25 usd', '0.20 eur', '1 usd'], [2], 'usd has two prices, but a buyer needs one'],
    [
      'an amount that is none',
      ['0.25 usd', 'cheap'],
      [1],
      '"cheap" is not an amount and a currency, like 0.25 usd',
    ],
    [
      'an amount below Code’s minimum',
      ['0.25 usd', '0.01 eur'],
      [1],
      "0.01 eur is below Code's minimum of 0.05 eur",
    ],
    [
      'a suggestion below the least',
      [{ ...dearer, suggest: ['0.50 eur'] }],
      [0, 'suggest', 0],
      'a suggestion is less than from',
    ],
    ['a number', 0.25, [], 'needs a currency, like 0.25 usd'],
    ['a number in the list', ['0.25 usd', 0.3], [1], 'needs a currency, like 0.3 usd'],
  ])('refuses %s', (_what, price, path, message) => {
    expect(anyPrice.safeParse(price).error?.issues[0]).toMatchObject({ path, message })
  })

  test('is ordered in any of them, and without a word in the first', () => {
    expect(atChosenPrice(several, {}).price).toEqual(usd.price)
    expect(atChosenPrice(several, { currency: 'usd' }).price).toEqual(usd.price)
    expect(atChosenPrice(several, { currency: 'eur' }).price).toEqual(eur.price)
    expect(() => atChosenPrice(several, { currency: 'jpy' })).toThrow(
      'An article isn’t sold in that currency, but in usd, eur',
    )
    expect(() => atChosenPrice(article, { currency: 'eur' })).toThrow('but in usd')
  })

  test.each([
    ['de-AT', 'eur'],
    ['de', 'eur'],
    ['en-US', 'usd'],
    ['fr-CH', 'usd'],
    ['en-001', 'usd'],
  ])('is shown to a reader of %s in %s first', (locale, currency) => {
    expect(forReader(several, locale).price.currency).toBe(currency)
  })
})
