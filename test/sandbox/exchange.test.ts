import { describe, expect, test } from '@jest/globals'
import { currencies } from '../../money/index.ts'
import { exchangeRate, findLimits, toQuarks } from '../../sandbox/exchange.ts'
import { aRequest, aSandbox, send } from './a-sandbox.ts'

describe('the currencies', () => {
  test('are 150, and all of them can be paid in through the SDK, at their minimum and their maximum', async () => {
    expect(currencies).toHaveLength(150)
    const { endpoint } = await aSandbox({ data: ':memory:' })
    for (const currency of currencies) {
      const { minimum = 0, maximum = 0 } = findLimits(currency) ?? {}
      for (const hundredths of [minimum, maximum]) {
        expect([
          currency,
          await send(endpoint, await aRequest({ currency, amount: hundredths / 100 })),
        ]).toEqual([currency, 'OK'])
      }
    }
  })

  test('are limited to 5000 times their minimum', () => {
    expect(findLimits('usd')).toEqual({ minimum: 5, maximum: 25_000 })
    expect(findLimits('kwd')).toEqual({ minimum: 1, maximum: 5_000 })
    expect(findLimits('kin')).toEqual({ minimum: 500_000, maximum: 2_500_000_000 })
    expect(findLimits('USD')).toBeUndefined()
  })
})

describe('the exchange rates', () => {
  test('are simulated: every minimum is worth five cents', () => {
    expect(exchangeRate('usd')).toBe(0.00000893)
    expect(exchangeRate('eur')).toBe(0.00000893)
    expect(exchangeRate('jpy')).toBe(0.000893)
    for (const currency of currencies) {
      expect(toQuarks(findLimits(currency)?.minimum ?? 0, currency)).toBe(toQuarks(5, 'usd'))
    }
  })

  test('make whole kin, as in the one webhook that Code has published', () => {
    expect(toQuarks(1, 'usd')).toBe(112_000_000)
  })

  test('are written without an exponent, and without a tail of digits', () => {
    for (const currency of currencies) expect(String(exchangeRate(currency))).toMatch(/^0\.\d{1,12}$/)
  })

  test('of kin is one', () => {
    expect(exchangeRate('kin')).toBe(1)
    expect(toQuarks(500_000, 'kin')).toBe(500_000_000)
  })

  test('are not made up for what cannot be paid in', () => {
    expect(() => exchangeRate('ssp')).toThrow(TypeError)
  })
})
