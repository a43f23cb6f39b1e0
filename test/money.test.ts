import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  assertPayable,
  currencies,
  findLimits,
  formatMoney,
  formatPercent,
  fromDecimal,
  parseMoney,
  taxIn,
  toDecimal,
  toDecimalText,
} from '../money/index.ts'
import limits from '../money/limits.json' with { type: 'json' }
import { fuzzing } from './support/fuzz.ts'

const { SEED, RUNS, run } = fuzzing({ runs: 500 })

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
    ['1\u00a0usd', 100], // a no-break space, which some keyboards and programs write
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
  test(`go there and back without loss, as the SDK itself rounds (SEED=${SEED} RUNS=${RUNS})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (hundredths) => {
        const decimal = toDecimal(hundredths)
        expect(fromDecimal(decimal)).toBe(hundredths)
        expect(Number((Number.parseFloat(decimal.toFixed(2)) * 100).toFixed())).toBe(hundredths)
      }),
      run,
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

  test('keeps the sign of US$ with its letters where text runs from right to left', () => {
    const shown = formatMoney({ hundredths: 25, currency: 'usd' }, 'ar').replace(/\s/g, ' ')
    expect(shown).toBe('\u200f0.25 US$\u200e')
    expect(formatMoney({ hundredths: 25, currency: 'usd' }, 'ar-EG')).toMatch(/US\$\u200e$/)
    expect(formatMoney({ hundredths: 25, currency: 'egp' }, 'ar')).not.toContain('\u200e')
    expect(formatMoney({ hundredths: 25, currency: 'usd' }, 'en-AU')).not.toContain('\u200e')
  })

  test('is right also after many languages', () => {
    const regions = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((a) => [...'ABCDE'].map((b) => `en-${a}${b}`))
    for (const locale of regions) formatMoney({ hundredths: 25, currency: 'usd' }, locale)
    expect(formatMoney({ hundredths: 25, currency: 'usd' })).toBe('$0.25')
  })
})

describe('the tax that a price includes', () => {
  test.each([
    [119, 1900, 19],
    [25, 1900, 4],
    [5, 1900, 1],
    [100, 725, 7],
    [25_000, 2000, 4167],
    [1, 10_000, 0],
    [3, 10_000, 1],
    [100, 0, 0],
    [0, 1900, 0],
  ])('of %d hundredths at %d hundredths of a percent is %d', (hundredths, rate, tax) => {
    expect(taxIn(hundredths, rate)).toBe(tax)
  })

  test(`is exact for all amounts and rates (SEED=${SEED} RUNS=${RUNS})`, () => {
    const amount = fc.integer({ min: 0, max: 400_000_000_000 })
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (hundredths, rate) => {
        const [charged, gross] = [BigInt(hundredths), 10_000n + BigInt(rate)]
        const twice = (2n * charged * 10_000n) / gross // twice the net amount, rounded down
        expect(taxIn(hundredths, rate)).toBe(Number(charged - (twice + 1n) / 2n))
      }),
      run,
    )
  })

  test('is shown with its rate as people write it', () => {
    expect([formatPercent(1900), formatPercent(725), formatPercent(1900, 'de')]).toEqual([
      '19%',
      '7.25%',
      '19\u00a0%',
    ])
  })
})
