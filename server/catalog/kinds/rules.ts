import { z } from 'zod'
import { assertPayable, type Money, parseMoney } from '../../../money/index.ts'
import type { Product } from '../product.ts'
import type { Grant } from './kind.ts'

/** A field of one line of text. */
export const line = z.string('must be text').trim().min(1, 'must not be empty')

/** The price rule of most kinds: one amount within Code's limits, like `0.25 usd`. */
export const fixedPrice: z.ZodType<Money> = line.transform((text, context) => {
  try {
    const price = parseMoney(text)
    assertPayable(price)
    return price
  } catch (error) {
    context.addIssue((error as RangeError).message)
    return z.NEVER
  }
})

/** What most kinds grant: the product itself, without an end. */
export function accessForEver({ slug }: Product): Grant[] {
  return [{ scope: `product:${slug}`, days: null, calls: null }]
}
