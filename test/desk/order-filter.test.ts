import { describe, expect, test } from '@jest/globals'
import { LONGEST_SLUG } from '../../server/catalog/index.ts'
import { parseOrderQuery, pathOf } from '../../server/desk/orders/filter.ts'

const filterOf = (query: Record<string, unknown>, timeZone = 'UTC') => parseOrderQuery(query, timeZone).filter

describe('the filter of the list of orders', () => {
  test('is read from an address, and empty fields don’t count', () => {
    const query = {
      state: 'paid',
      product: ' an-article ',
      currency: 'USD',
      from: '2026-02-28',
      to: '2026-02-28',
      min: '0.5',
      max: '1,05',
      search: '',
    }
    expect(filterOf(query)).toEqual({
      state: 'paid',
      product: 'an-article',
      currency: 'usd',
      from: Date.UTC(2026, 1, 28),
      before: Date.UTC(2026, 2, 1),
      minHundredths: 50,
      maxHundredths: 105,
      search: undefined,
    })
  })

  test('takes amounts of dinars as the list shows them', () => {
    const expected = { minHundredths: 50, maxHundredths: 150 }
    expect(filterOf({ currency: 'KWD', min: '0.500', max: '1.500' })).toMatchObject(expected)
    expect(filterOf({ currency: 'kwd', min: '0.5', max: '1,50' })).toMatchObject(expected)
    expect(filterOf({ currency: 'kwd', max: '1,500.500' })).toMatchObject({ maxHundredths: 150_050 })
  })

  test('takes thousands as the list shows them', () => {
    const typed = { currency: 'jpy', min: '1,000', max: '1,009,999.50' }
    expect(filterOf(typed)).toMatchObject({ minHundredths: 100_000, maxHundredths: 100_999_950 })
  })

  test('has the days of the shop’s time zone', () => {
    expect(filterOf({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Berlin')).toMatchObject({
      from: Date.UTC(2026, 2, 28, 23),
      before: Date.UTC(2026, 2, 29, 22),
    })
  })

  test.each([
    ['the address of the success page', 'https://shop.example.org/success/INTENT'],
    [
      'the address of a link',
      'https://shop.example.org/success/INTENT?redeem=0123456789abcdef0123456789abcdef',
    ],
    ['the address of an order at the desk', 'http://127.0.0.1:3030/desk/orders/INTENT/'],
    ['the line of a receipt', 'Code, intent INTENT'],
    ['the line of a receipt in Arabic', 'Code، المعرّف INTENT'],
  ])('takes the id out of %s', (_, pasted) => {
    const intent = '6vREk2mJ1Nf3vZ9yDqYB5wQ8uHsTgC4xLpAaRbEeMdWn'
    const { filter, fields } = parseOrderQuery({ search: pasted.replace('INTENT', intent) }, 'UTC')
    expect([filter.search, fields.search]).toEqual([intent, intent])
  })

  test('finds the product of the longest slug that can be bought', () => {
    const product = 'a'.repeat(LONGEST_SLUG)
    expect(filterOf({ product })).toMatchObject({ product })
  })

  test('is written as an address that leads to the same place', () => {
    const query = { state: 'by-hand', search: 'abc', after: '5.id-1' }
    const { fields, after } = parseOrderQuery(query, 'UTC')
    const path = pathOf(fields, after)
    expect(Object.fromEntries(new URL(path, 'http://shop').searchParams)).toEqual(query)
    expect(pathOf({})).toBe('/desk/orders')
  })

  test.each<[string, Record<string, unknown>]>([
    ['"state"', { state: 'settled' }],
    ['"state"', { state: ['paid', 'free'] }],
    ['"product"', { product: '../etc' }],
    ['"currency"', { currency: 'dollars' }],
    ['"from"', { from: '2026-02-30' }],
    ['"from"', { from: '99999-01-01' }],
    ['"from"', { from: '-2026-01-01' }],
    ['"to"', { to: 'yesterday' }],
    ['"to"', { from: '2026-02-02', to: '2026-02-01' }],
    ['"min"', { min: '-1' }],
    ['"min"', { min: '1e3' }],
    ['"min"', { min: '12345678901234567890' }],
    ['"min"', { min: '0.255' }],
    ['"min"', { min: '1.500' }], // of euros, that could be a thousand
    ['"min"', { min: '1.500', currency: 'eur' }],
    ['"min"', { min: '0,250' }],
    ['"min"', { min: '1,0000' }],
    ['"min"', { min: '1,00,000' }],
    ['"min"', { min: '1.000,50' }],
    ['"max"', { max: '1.505', currency: 'kwd' }],
    ['"max"', { max: '1,500', currency: 'kwd' }],
    ['"max"', { min: '2', max: '1' }],
    ['"search"', { search: "' OR 1=1 --" }],
    ['"search"', { search: 'a'.repeat(81) }],
    ['no such page', { after: '1' }],
    ['no such page', { after: '1.%00' }],
    ['no such page', { after: '9999999999999999.x' }],
    ['each given once', { colour: 'red' }],
    ['each given once', { __proto__: 'x', constructor: 'y' }],
  ])('rejects what it doesn’t know, and names it: %s in %j', (name, query) => {
    expect(() => parseOrderQuery(query, 'UTC')).toThrow(
      expect.objectContaining({ code: 'request-invalid', message: expect.stringContaining(name) }),
    )
  })
})
