import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { currencies, findLimits, formatMoney } from '../money/index.ts'
import { fuzzing } from './support/fuzz.ts'

// Among them are digits of their own, groups of two, decimal marks that are used nowhere else, and text from right to left.
// biome-ignore format: many a line
const LANGUAGES = [
  'af', 'am', 'ar', 'ar-EG', 'as', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'de-AT', 'de-CH', 'el', 'en', 'en-IN',
  'en-ZA', 'es', 'es-MX', 'et', 'eu', 'fa', 'fi', 'fil', 'fr', 'fr-CH', 'ga', 'gl', 'gu', 'he-IL', 'hi', 'hr', 'hu', 'hy', 'id', 'is',
  'it', 'ja', 'ka', 'kk', 'km', 'kn', 'ko', 'ky', 'lo', 'lt', 'lv', 'mk', 'ml', 'mn', 'mr', 'ms', 'my', 'nb', 'ne', 'nl', 'or', 'pa',
  'pl', 'pt', 'pt-CV', 'ro', 'ru', 'sd', 'si', 'sk', 'sl', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'uz', 'vi', 'zh',
]
const BETWEEN = [29, 100, 123_456, 1_000_000] // hundredths
const CHOSEN = 2 // amounts of each currency at random, as buyers choose them and coupons leave them

const { SEED } = fuzzing({ runs: 1 })

/** Whether a reader takes a text for exactly this amount: all of its digits, and a mark before the decimals alone. */
function isShownExactly(text: string, hundredths: number): boolean {
  const number = /\p{Nd}(?:.*\p{Nd})?/su.exec(text)?.[0] ?? ''
  const runs = number.split(/\P{Nd}+/u).map((run) => [...run].map(digitOf).join(''))
  const marks = number.match(/\P{Nd}+/gu) ?? []
  const [whole, fraction] = [String(Math.floor(hundredths / 100)), String(hundredths % 100).padStart(2, '0')]
  if (runs.join('') === whole) return fraction === '00' && new Set(marks).size <= 1
  const decimals = runs.at(-1) ?? ''
  const isApart = !marks.slice(0, -1).includes(marks.at(-1) ?? '')
  return (
    runs.slice(0, -1).join('') === whole &&
    isApart &&
    /^\d{2}0?$/.test(decimals) &&
    decimals.startsWith(fraction)
  )
}

/** Unicode keeps the ten digits of each script together. */
function digitOf(digit: string): number {
  let before = digit.codePointAt(0) ?? 0
  while (/\p{Nd}/u.test(String.fromCodePoint(before - 1))) before -= 1
  return ((digit.codePointAt(0) ?? 0) - before) % 10
}

function chooseAmounts(currency: string, seed: number): number[] {
  const { minimum = 1, maximum = 1 } = findLimits(currency) ?? {}
  return fc.sample(fc.integer({ min: minimum, max: maximum }), { seed, numRuns: CHOSEN })
}

test(`every price is shown exactly: 150 currencies in 84 languages, whatever this Node knows of them (SEED=${SEED})`, () => {
  expect([currencies.length, LANGUAGES.length]).toEqual([150, 84])
  expect(Intl.NumberFormat.supportedLocalesOf(LANGUAGES)).toEqual(LANGUAGES)
  const wrong: string[] = []
  const chosen = new Map(
    currencies.map((currency, index) => [currency, chooseAmounts(currency, SEED + index)]),
  )
  for (const language of LANGUAGES) {
    for (const currency of currencies) {
      const { minimum = 1, maximum = 1 } = findLimits(currency) ?? {}
      for (const hundredths of [minimum, maximum, ...BETWEEN, ...(chosen.get(currency) ?? [])]) {
        const shown = formatMoney({ hundredths, currency }, language)
        if (!isShownExactly(shown, hundredths)) wrong.push(`${language} ${currency} ${hundredths}: ${shown}`)
      }
    }
  }
  expect(wrong).toEqual([])
}, 120_000)
