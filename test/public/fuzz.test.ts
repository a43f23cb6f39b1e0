import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { currencies, findLimits, formatMoney } from '../../money/index.ts'
import { readAmount } from '../../public/checkout/read-amount.ts'
import { fuzzing } from '../support/fuzz.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 400 })

/** Every language that Intl knows, found by trying all codes of two and three letters. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const PAIRS = LETTERS.flatMap((a) => LETTERS.map((b) => a + b))
const LANGUAGES = Intl.NumberFormat.supportedLocalesOf(
  PAIRS.flatMap((pair) => [pair, ...LETTERS.map((c) => pair + c)]),
)
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const REGIONS = PAIRS.map((pair) => pair.toUpperCase()).filter((region) => names.of(region) !== undefined)
const SYSTEMS = Intl.supportedValuesOf('numberingSystem').filter((system) =>
  /^\p{Nd}+$/u.test(digitsOf(system)),
)

function digitsOf(system: string): string {
  return new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(1_234_567_890)
}

const language = fc.constantFrom(...LANGUAGES)
const locale = fc.oneof(
  language,
  fc
    .tuple(language, fc.constantFrom(...REGIONS))
    .map(([of, region]) => new Intl.Locale(of, { region }).toString()),
)
const currency = fc.constantFrom(...currencies)
const payable = currency.chain((of) => {
  const { minimum, maximum } = findLimits(of) ?? { minimum: 1, maximum: 1 }
  return fc.record({ currency: fc.constant(of), hundredths: fc.integer({ min: minimum, max: maximum }) })
})

test(
  `every amount that Code takes is read back from how any locale writes it (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    expect(LANGUAGES.length).toBeGreaterThan(150)
    expect(REGIONS.length).toBeGreaterThan(240)
    fc.assert(
      fc.property(payable, locale, (money, tag) => {
        const { currency, hundredths } = money
        expect(readAmount(formatMoney(money, tag), currency, tag)).toEqual({ hundredths })
      }),
      run,
    )
  },
  TIMEOUT_MS,
)

test(
  `… also without its currency, and in the digits of any script (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    fc.assert(
      fc.property(payable, locale, fc.constantFrom(...SYSTEMS), ({ currency, hundredths }, tag, system) => {
        const { decimal } = marksOf(tag, currency)
        const format = new Intl.NumberFormat(`en-u-nu-${system}`, {
          useGrouping: false,
          minimumIntegerDigits: 2,
        })
        const digits = (value: number) => format.format(value)
        const typed = `${digits(Math.floor(hundredths / 100))}${decimal}${digits(hundredths % 100)}`
        expect(readAmount(typed, currency, tag)).toEqual({ hundredths })
      }),
      run,
    )
  },
  TIMEOUT_MS,
)

function marksOf(tag: string, currency: string) {
  const options = { style: 'currency', currency, minimumFractionDigits: 2 } as const
  const parts = new Intl.NumberFormat(tag, options).formatToParts(1.5)
  return { decimal: parts.find(({ type }) => type === 'decimal')?.value }
}

const mark = fc.constantFrom('.', ',', ' ', "'", '٫', '٬', '$', '-', '\u00a0')
const digits = fc.stringMatching(/^[0-9٠-٩]{1,4}$/)
const scrawl = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(digits, mark)).map((parts) => parts.join('')),
)

test(
  `whatever else is typed is one whole amount or a reason, and means the same when it is shown (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    fc.assert(
      fc.property(scrawl, currency, locale, (typed, of, tag) => {
        const reading = readAmount(typed, of, tag)
        if ('problem' in reading) return
        const { hundredths } = reading
        expect(Number.isSafeInteger(hundredths) && hundredths >= 0).toBe(true)
        expect(typed).toMatch(/\p{Nd}/u)
        if (hundredths < 1_000_000_000_000)
          expect(readAmount(formatMoney({ hundredths, currency: of }, tag), of, tag)).toEqual({ hundredths })
      }),
      run,
    )
  },
  TIMEOUT_MS,
)
