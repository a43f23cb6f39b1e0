import { findLimits, parseMoney } from '../../../money/index.ts'
import { isDay } from '../../local-days.ts'
import * as z from '../../zod.ts'
import { line, textField } from '../kinds/index.ts'
import type { Coupon } from './coupon.ts'
import { ALL } from './discount.ts'

const MOST_USES = 1_000_000
const PERCENT = /^(\d{1,3})(?:\.(\d{1,2}))? ?%$/

const off = textField((number) => `needs a % or a currency, like ${number}% or ${number} usd`).transform(
  (text, context): Coupon['off'] => {
    const [, whole, decimals = ''] = PERCENT.exec(text) ?? []
    const basisPoints = whole ? Number(whole) * 100 + Number(decimals.padEnd(2, '0')) : undefined
    if (basisPoints !== undefined && basisPoints > 0 && basisPoints <= ALL) return { basisPoints }
    const amount = basisPoints === undefined ? readAmount(text) : undefined
    if (amount && amount.hundredths > 0 && findLimits(amount.currency)) return amount
    context.addIssue(`must be a share or an amount of more than nothing, like 20% or 1 usd, not ${text}`)
    return z.NEVER
  },
)

function readAmount(text: string) {
  try {
    return parseMoney(text)
  } catch {
    return undefined
  }
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
