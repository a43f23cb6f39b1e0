import { fromDecimal } from '../../money/index.ts'
import * as z from '../zod.ts'
import { lineUpTo } from './kinds/index.ts'
import type { Tax } from './product.ts'

const LIKE = 'like tax: { rate: 19, label: VAT }'
const HIGHEST = 100

/**
 * The rule for a tax: a rate in percent, with at most two decimals, and its name, as buyers read it. A rate of 0 needs no name,
 * because nobody reads it.
 */
export const tax = z
  .strictObject(
    {
      rate: z
        .number(`must be a number of percent, ${LIKE}`)
        .min(0, 'must be at least 0')
        .max(HIGHEST, `must be at most ${HIGHEST}`),
      label: lineUpTo(20).optional(),
    },
    { error: ({ code }) => (code === 'invalid_type' ? `must have a rate and a label, ${LIKE}` : undefined) },
  )
  .superRefine(({ rate, label }, context) => {
    if (fromDecimal(rate) === undefined)
      context.addIssue({ code: 'custom', message: 'has more than two decimals', path: ['rate'] })
    if (rate > 0 && label === undefined)
      context.addIssue({ code: 'invalid_type', expected: 'string', input: label, path: ['label'] })
  })
  .transform(({ rate, label = '' }): Tax => ({ rate: fromDecimal(rate) ?? 0, label }))
