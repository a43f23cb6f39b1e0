import { assertPayable, findLimits, type Money, parseMoney } from '../../../money/index.ts'
import { parseDay } from '../../local-days.ts'
import * as z from '../../zod.ts'
import type { Product } from '../product.ts'
import type { Grant, Pricing } from './kind.ts'

const MOST_SUGGESTIONS = 6
const LIKE = 'like { from: 1 usd, suggest: [3 usd, 5 usd] }'

/** What the fields say about a value that YAML takes for a number, a list, or the like */
export const NOT_TEXT = 'must be text'

/** A text field that must not be empty. */
export const line = z.string(NOT_TEXT).trim().min(1, 'must not be empty')

// Language, script, region: https://www.rfc-editor.org/rfc/rfc5646#section-2.2. That much is always well-formed.
const LANGUAGE = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i

/** A language, in the canonical form of its tag. */
export const language = line.transform((tag, context) => {
  const [canonical] = LANGUAGE.test(tag) ? Intl.getCanonicalLocales(tag) : []
  if (canonical) return canonical
  context.addIssue(`must be the tag of a language, like ar, th or pt-BR, not "${tag}"`)
  return z.NEVER
})

/** A day of the calendar, like `2026-02-28`, as milliseconds since 1970 at its beginning in UTC. */
export const day = line.transform((text, context) => {
  const at = parseDay(text)
  if (at !== undefined) return at
  context.addIssue(`must be a day, like 2026-02-28, not "${text}"`)
  return z.NEVER
})

/** An amount within Code's limits, like `0.25 usd`. */
const amount = line.transform((text, context): Money => {
  try {
    const money = parseMoney(text)
    assertPayable(money)
    return money
  } catch (error) {
    context.addIssue((error as RangeError).message)
    return z.NEVER
  }
})

/** The price rule of most kinds: a single amount. */
export const fixedPrice: z.ZodType<Pricing> = amount.transform((price) => ({ price }))

/** The price rule for kinds whose buyers choose what they pay: the least amount, and some suggestions. */
export const chosenPrice: z.ZodType<Pricing> = z
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

/** The grant of most kinds: access to the product itself, forever. */
export function accessForever({ slug }: Product): Grant[] {
  return [{ scope: `product:${slug}`, days: null, calls: null }]
}
