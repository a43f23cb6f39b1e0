import { describe, expect, test } from '@jest/globals'
import { readAmount } from '../../public/checkout/read-amount.ts'

describe('an amount that is typed', () => {
  test.each([
    ['en', 'usd', '1.50', 150],
    ['en', 'usd', ' $1.50 ', 150],
    ['en', 'usd', '1.5 USD', 150],
    ['en', 'usd', '.50', 50],
    ['en', 'usd', '5.', 500],
    ['en', 'usd', '1,234.50', 123_450],
    ['en', 'usd', '1,234', 123_400],
    ['en-IN', 'inr', '1,23,456.50', 12_345_650],
    ['de', 'eur', '1,50', 150],
    ['de', 'eur', '1.234,50 €', 123_450],
    ['de', 'eur', '1.234', 123_400],
    ['fr', 'eur', '1 234,50', 123_450],
    ['fr', 'eur', '1\u202f234,50\u00a0€', 123_450],
    ['de-CH', 'chf', '1’234.50', 123_450],
    ['da', 'dkk', '5 kr', 500],
    ['ar-EG', 'egp', '١٫٥', 150],
    ['ar-EG', 'egp', '\u200f١٬٢٣٤٫٥٠ ج.م.\u200f', 123_450],
    ['fa', 'irr', '۱٬۲۳۴٫۵', 123_450],
    ['hi', 'inr', '१.५०', 150],
    ['ja', 'jpy', '１，２３４．５', 123_450],
    ['en', 'kwd', '1.500', 150],
    ['ar-EG', 'usd', '$1.50', 150],
    ['es-MX', 'usd', 'US$1.50', 150],
    ['en', 'usd', '1.50 US$', 150],
  ])('in the locale’s own way: %s, %s, "%s"', (locale, currency, typed, hundredths) => {
    expect(readAmount(typed, currency, locale)).toEqual({ hundredths })
  })

  test.each([
    ['en', 'usd', '1,50', 150],
    ['en', 'usd', '5,', 500],
    ['en', 'usd', '1.234,50', 123_450],
    ['en', 'usd', '1 234,50', 123_450],
    ['en', 'usd', '١٫٥', 150],
    ['de', 'eur', '1.50', 150],
    ['de', 'eur', '1,234.50', 123_450],
    ['fa', 'irr', '1,50', 150],
  ])(
    'in the way of another locale, where it has only one meaning: %s, %s, "%s"',
    (locale, currency, typed, hundredths) => {
      expect(readAmount(typed, currency, locale)).toEqual({ hundredths })
    },
  )

  test.each([
    ['de', 'eur', '1,234'],
    ['en', 'usd', '1.234'],
    ['fr', 'eur', '1.234'],
    ['de-CH', 'chf', '1,234'],
    ['fa', 'irr', '1,234'],
    ['en', 'kwd', '1.234'],
  ])('that could mean two amounts is refused: %s, %s, "%s"', (locale, currency, typed) => {
    expect(readAmount(typed, currency, locale)).toEqual({ problem: 'ambiguous' })
  })

  test.each(['1.2345', '0.125', '0,500', '1.234,567'])(
    'with more than two decimals is never rounded: "%s"',
    (typed) => {
      expect(readAmount(typed, 'usd', 'en')).toEqual({ problem: 'too-precise' })
    },
  )

  test.each(['', '  ', ' $ ', 'usd', '\u200e'])('that is not there yet is empty: "%s"', (typed) => {
    expect(readAmount(typed, 'usd', 'en')).toEqual({ problem: 'empty' })
  })

  test.each([
    '-3',
    '+3',
    '3e2',
    '0x10',
    '€3',
    '1..5',
    '1.2.3',
    '1,2,3',
    '1 50',
    '12,345,67',
    '½',
    '1²',
    '五',
    'three',
    '.',
    '3/2',
    'Infinity',
  ])('that is not one is refused: "%s"', (typed) => {
    expect(readAmount(typed, 'usd', 'en')).toEqual({ problem: 'unclear' })
  })

  test('beyond every limit stays a whole number', () => {
    expect(readAmount('9'.repeat(400), 'usd', 'en')).toEqual({ hundredths: Number.MAX_SAFE_INTEGER })
  })
})
