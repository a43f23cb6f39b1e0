import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  assertPayable,
  currencies,
  findLimits,
  formatMoney,
  fromDecimal,
  parseMoney,
  toDecimal,
  toDecimalText,
} from '../money/index.ts'
import limits from '../money/limits.json' with { type: 'json' }

test.each([
  [25, '0.25'],
  [5, '0.05'],
  [100_000, '1000.00'],
  [-1_005, '-10.05'],
  [Number.MAX_SAFE_INTEGER, '90071992547409.91'], // dividing by 100 gives 90071992547409.906 or .922
])('%s hundredths are written as %s for programs', (hundredths, text) => {
  expect(toDecimalText(hundredths)).toBe(text)
})

describe('a price in a product’s file', () => {
  test.each([
    ['0.25 usd', 25],
    ['4.35 usd', 435],
    ['0.29 eur', 29],
    ['1 USD', 100],
    ['12.5 chf', 1250],
    ['300 jpy', 30_000],
  ])('%s is read as whole hundredths', (text, hundredths) => {
    expect(parseMoney(text)).toEqual({ hundredths, currency: text.slice(-3).toLowerCase() })
  })

  test.each([
    '0.255 usd',
    '25',
    'usd 25',
    '-1 usd',
    '1e3 usd',
    '0,25 usd',
    '',
    '0.25 dollars',
    '9999999999 usd',
  ])('"%s" is refused, never rounded', (text) => {
    expect(() => parseMoney(text)).toThrow(RangeError)
  })
})

describe('what Code takes', () => {
  test('every currency from its minimum to its maximum, and nothing beside it', () => {
    expect(currencies).toHaveLength(150)
    for (const [currency, minimum] of Object.entries(limits.minimumHundredths)) {
      const maximum = minimum * 5_000
      expect(findLimits(currency)).toEqual({ minimum, maximum })
      assertPayable({ hundredths: minimum, currency })
      assertPayable({ hundredths: maximum, currency })
      expect(() => assertPayable({ hundredths: minimum - 1, currency })).toThrow("below Code's minimum")
      expect(() => assertPayable({ hundredths: maximum + 1, currency })).toThrow('above')
    }
  })

  test.each(['kin', 'std', 'usdc', 'xxx', '__proto__'])('%s is not among them', (currency) => {
    expect(() => assertPayable({ hundredths: 100, currency })).toThrow('does not take')
  })
})

describe('hundredths and the decimals of Code’s SDK', () => {
  test('go there and back without loss, as the SDK itself rounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (hundredths) => {
        const decimal = toDecimal(hundredths)
        expect(fromDecimal(decimal)).toBe(hundredths)
        expect(Number((Number.parseFloat(decimal.toFixed(2)) * 100).toFixed())).toBe(hundredths)
      }),
    )
  })

  test.each([0.145, 1 / 3, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    '%p is no whole number of hundredths',
    (amount) => {
      expect(fromDecimal(amount)).toBeUndefined()
    },
  )
})

describe('a price as people read it', () => {
  test.each([
    [25, 'usd', '$0.25'],
    [500, 'usd', '$5.00'],
    [30_000, 'jpy', '¥300'],
    [30_050, 'jpy', '¥300.50'],
    [25, 'kwd', 'KWD 0.250'],
  ])('%d hundredths of %s are %s', (hundredths, currency, text) => {
    expect(formatMoney({ hundredths, currency }).replace(/\s/g, ' ')).toBe(text)
  })

  test.each([
    ['de-DE', 25, 'usd', '0,25 $'],
    ['en-GB', 25, 'usd', 'US$0.25'],
    ['fr', 500, 'eur', '5,00 €'],
    ['ja', 30_000, 'jpy', '￥300'],
    ['en-IN', 10_000_000, 'inr', '₹1,00,000.00'],
  ])('in %s, %d hundredths of %s are %s', (locale, hundredths, currency, text) => {
    expect(formatMoney({ hundredths, currency }, locale).replace(/\s/g, ' ')).toBe(text)
  })

  test('is right also after many languages', () => {
    const regions = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((a) => [...'ABCDE'].map((b) => `en-${a}${b}`))
    for (const locale of regions) formatMoney({ hundredths: 25, currency: 'usd' }, locale)
    expect(formatMoney({ hundredths: 25, currency: 'usd' })).toBe('$0.25')
  })
})
