import { getLimits, parseMoney } from '../../../money/index.ts'
import { isDay } from '../../local-days.ts'
import * as z from '../../zod.ts'
import { line, textField } from '../kinds/index.ts'
import type { Coupon } from './coupon.ts'
import { WHOLE_PRICE } from './discount.ts'

const MOST_USES = 1_000_000
const SHARE = /^(\d+)(?:\.(\d+))?\s?%$/
const AMOUNT = /^\d+(?:\.\d+)?\s[a-z]{3}$/i

const off = textField((number) => `needs a % or a currency, like ${number}% or ${number} usd`).transform(
  (text, context): Coupon['off'] => {
    try {
      return parseOff(text)
    } catch (error) {
      context.addIssue((error as RangeError).message)
      return z.NEVER
    }
  },
)

/** Throws a RangeError that says what would be right. */
function parseOff(text: string): Coupon['off'] {
  const [, whole, decimals] = SHARE.exec(text) ?? []
  if (whole) return { basisPoints: parseShare(text, whole, decimals) }
  if (!AMOUNT.test(text)) throw new RangeError(`must be a share or an amount, like 20% or 1 usd, not ${text}`)
  const amount = parseMoney(text)
  getLimits(amount.currency)
  if (amount.hundredths === 0) throw new RangeError(`${text} takes nothing off`)
  return amount
}

function parseShare(text: string, whole: string, decimals = ''): number {
  if (decimals.length > 2) throw new RangeError(`${text} has more than two decimals`)
  const basisPoints = Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  if (basisPoints === 0) throw new RangeError(`${text} takes nothing off`)
  if (basisPoints > WHOLE_PRICE)
    throw new RangeError(`${text} is more than the whole price: the most is 100%`)
  return basisPoints
}

const names = (example: string) =>
  z.array(line, `must be a list, like ${example}`).min(1, 'must not be empty').optional()

const A_DAY = 'must be a day that exists, like 2026-02-28'
const day = textField(() => A_DAY)
  .refine(isDay, A_DAY)
  .optional()

const uses = `must be a whole number from 1 to ${MOST_USES}`

/** The fields of one coupon. */
export const couponFields = z
  .strictObject(
    {
      off,
      products: names('[bread, cake]'),
      tags: names('[baking]'),
      uses: z.int(uses).min(1, uses).max(MOST_USES, uses).optional(),
      from: day,
      until: day,
    },
    {
      error: ({ code }) =>
        code === 'invalid_type' ? 'must have fields below it, like off: 20% and uses: 100' : undefined,
    },
  )
  .superRefine(({ products, tags, from, until }, context) => {
    if (products && tags)
      context.addIssue({ code: 'custom', message: 'name either products or tags', path: ['tags'] })
    if (from && until && until < from)
      context.addIssue({ code: 'custom', message: `must not be before from, ${from}`, path: ['until'] })
  })
