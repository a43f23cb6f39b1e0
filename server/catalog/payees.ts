import type { Fee } from '../../money/index.ts'
import { address } from '../config/index.ts'
import * as z from '../zod.ts'
import type { CodeRules } from './code-rules.ts'
import { NOT_TEXT } from './kinds/index.ts'

// https://code-wallet.github.io/code-sdk/docs/reference/fees
const MOST_FEES = 5
const MOST_BASIS_POINTS = 1_000
const LIKE = 'like fees: [{ destination: <address>, basisPoints: 250 }]'

/** A product's own deposit address. */
export const destination = z.string(NOT_TEXT).pipe(address)

const fee = z.strictObject(
  {
    destination,
    basisPoints: z
      .int('must be a whole number of hundredths of a percent, like 250 for 2.5 %')
      .min(1, 'must be at least 1, which is 0.01 %')
      .max(MOST_BASIS_POINTS, `must be at most ${MOST_BASIS_POINTS}, which is 10 %`),
  },
  { error: ({ code }) => (code === 'invalid_type' ? `must be a list, ${LIKE}` : undefined) },
)

/** What partners get of each payment. Code takes at most five, which get 10 % together, none of them twice. */
export const fees = z
  .array(fee, `must be a list, ${LIKE}`)
  .max(MOST_FEES, `must have at most ${MOST_FEES} partners: Code takes no more`)
  .superRefine((list, context) => {
    for (const [index, { destination }] of list.entries())
      if (list.findIndex((other) => other.destination === destination) < index)
        context.addIssue({
          code: 'custom',
          message: 'this partner is there twice: add the two up',
          path: [index, 'destination'],
        })
    const total = list.reduce((sum, { basisPoints }) => sum + basisPoints, 0)
    if (total > MOST_BASIS_POINTS)
      context.addIssue({
        code: 'custom',
        message: `the partners get ${total} basis points together, but Code's maximum is ${MOST_BASIS_POINTS}, which is 10 %`,
      })
  })

/** Lists what is wrong with where a product's money goes, with the path of the field. */
export function* findWrongPayees(
  { destination, fees = [] }: { destination?: string | undefined; fees?: readonly Fee[] | undefined },
  codeRules: CodeRules,
): Generator<{ path: (string | number)[]; message: string }> {
  const own = destination === undefined ? undefined : codeRules.refusalOf(destination)
  if (own) yield { path: ['destination'], message: `destination: ${own}` }
  for (const [index, fee] of fees.entries()) {
    const path = ['fees', index, 'destination']
    const refusal = codeRules.refusalOf(fee.destination)
    if (refusal) yield { path, message: `fees.destination: ${refusal}` }
    if (fee.destination === (destination ?? codeRules.destination))
      yield { path, message: 'fees.destination: this address gets the rest of the payment anyway' }
  }
}
