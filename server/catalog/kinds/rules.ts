import { type Grant, scopeOfProduct } from '../../../db/index.ts'
import { assertPayable, findLimits, type Money, parseMoney } from '../../../money/index.ts'
import { countCharacters } from '../../count-of.ts'
import { parseDay } from '../../local-days.ts'
import * as z from '../../zod.ts'
import { isSlug } from '../is-slug.ts'
import type { Pricing, Product } from '../product.ts'

const MOST_CHARACTERS_OF_TAG = 60
const MOST_SUGGESTIONS = 6
const FIRST_DAY = '1000-01-01' // before it, a year is a typo, like 0026
const MOST_CURRENCIES = 10
const LIKE = 'like { from: 1 usd, suggest: [3 usd, 5 usd] }'

/** What the fields say about a value that YAML takes for a number, a list, or the like */
export const NOT_TEXT = 'must be text'

/** A text field that must not be empty. `aboutNumber` says what is wrong with a number that quotation marks would not fix. */
export const textField = (aboutNumber = (_number: number) => NOT_TEXT) =>
  z
    .string({ error: ({ input }) => (typeof input === 'number' ? aboutNumber(input) : NOT_TEXT) })
    .trim()
    .min(1, 'must not be empty')

/** A text field that must not be empty. */
export const line = textField()

/** A text field that must not be empty, and has at most so many characters. */
export const lineUpTo = (most: number) =>
  line.superRefine((text, { addIssue }) => {
    const message = `must have at most ${most} characters`
    if (countCharacters(text) > most)
      addIssue({ code: 'too_big', origin: 'string', maximum: most, input: text, message })
  })

// Language, script, region: https://www.rfc-editor.org/rfc/rfc5646#section-2.2. That much is always well-formed.
const LANGUAGE = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i

/** A language, in the canonical form of its tag. */
export const language = textField(sayLanguage).transform((tag, context) => {
  const [canonical] = LANGUAGE.test(tag) ? Intl.getCanonicalLocales(tag) : []
  if (canonical) return canonical
  context.addIssue(sayLanguage(tag))
  return z.NEVER
})

function sayLanguage(found: string | number): string {
  return `must be the tag of a language, like ar, th or pt-BR, not "${found}"`
}

/** A day of the calendar, like `2026-02-28`, as milliseconds since 1970 at its beginning in UTC. */
export const day = textField(sayDay).transform((text, context) => {
  const at = parseDay(text)
  if (at !== undefined && text >= FIRST_DAY) return at
  context.addIssue(sayDay(text))
  return z.NEVER
})

function sayDay(found: string | number): string {
  return `must be a day, like 2026-02-28, not "${found}"`
}

/** What a pass opens that opens everything. A tag can't have that name. */
export const ALL = 'all'

/** A tag, which is written like a slug, or `all`. */
export const tagOrAll = lineUpTo(MOST_CHARACTERS_OF_TAG).refine(
  isSlug,
  'a tag has lowercase letters from a to z, digits and single hyphens, like bread-series',
)

/** A tag. */
export const tag = tagOrAll.refine(
  (name) => name !== ALL,
  `a tag can’t be ${ALL}: that is what a pass opens that opens everything`,
)

/** An amount within Code's limits, like `0.25 usd`. */
const amount = textField((number) => `needs a currency, like ${number} usd`).transform(
  (text, context): Money => {
    try {
      const money = parseMoney(text)
      assertPayable(money)
      return money
    } catch (error) {
      context.addIssue((error as RangeError).message)
      return z.NEVER
    }
  },
)

const fixed: z.ZodType<Pricing> = amount.transform((price) => ({ price }))

const chosen: z.ZodType<Pricing> = z
  .strictObject(
    {
      from: amount,
      suggest: z
        .array(amount, `must be a list of amounts, like suggest: [3 usd, 5 usd]`)
        .min(1, 'must have at least one amount')
        .max(MOST_SUGGESTIONS, `must have at most ${MOST_SUGGESTIONS} amounts`),
    },
    { error: ({ code }) => (code === 'invalid_type' ? `must have from and suggest, ${LIKE}` : undefined) },
  )
  .superRefine(({ from, suggest }, context) => {
    for (const [index, suggestion] of suggest.entries()) {
      const message = faultOf(suggestion, from, suggest.slice(0, index))
      if (message) context.addIssue({ code: 'custom', message, path: ['suggest', index] })
    }
  })
  .transform(({ from, suggest }) => ({
    price: from,
    choice: {
      from: from.hundredths,
      to: findLimits(from.currency)?.maximum ?? from.hundredths,
      suggested: suggest.map(({ hundredths }) => hundredths),
    },
  }))

function faultOf({ hundredths, currency }: Money, from: Money, earlier: Money[]): string | undefined {
  if (currency !== from.currency) return `a suggestion is in ${currency}, but from is in ${from.currency}`
  if (hundredths < from.hundredths) return 'a suggestion is less than from'
  if (earlier.some((other) => other.hundredths === hundredths)) return 'the same amount is suggested twice'
  return undefined
}

/** The price rule of most kinds: an amount or, for a price that buyers choose, the least amount and some suggestions. */
export const anyPrice = inCurrencies((value) => (isObject(value) ? chosen : fixed))

/** The price rule for kinds whose buyers always choose what they pay. */
export const chosenPrice = inCurrencies(() => chosen)

/** Makes a rule for a price also one for a list, which has the price in several currencies. The first is the shop's own. */
function inCurrencies(ruleFor: (value: unknown) => z.ZodType<Pricing>): z.ZodType<Pricing[]> {
  const list = z
    .array(z.unknown().transform((value, context) => obey(ruleFor(value), value, context)))
    .min(1, 'must have at least one price')
    .max(MOST_CURRENCIES, `must have at most ${MOST_CURRENCIES} prices`)
    .superRefine((prices, context) => {
      for (const [index, { price }] of prices.entries()) {
        const message = `${price.currency} has two prices, but a buyer needs one`
        if (prices.findIndex((other) => other.price.currency === price.currency) < index)
          context.addIssue({ code: 'custom', message, path: [index] })
      }
    })
  return z
    .unknown()
    .transform((value, context) =>
      Array.isArray(value) ? obey(list, value, context) : [obey(ruleFor(value), value, context)],
    )
}

/** Parses with a rule that depends on the value. What is wrong is told as if this rule were the only one. */
function obey<T>(rule: z.ZodType<T>, value: unknown, { issues }: z.core.$RefinementCtx): T {
  const { data, error } = rule.safeParse(value)
  if (error) issues.push(...(error.issues as typeof issues))
  return data ?? z.NEVER
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** The grant of most kinds: access to the product itself, forever. */
export function accessForever({ slug }: Product): Grant[] {
  return [{ scope: scopeOfProduct(slug), days: null, calls: null }]
}
