import { z } from 'zod'
import { assertPayable, type Money, parseMoney } from '../../../money/index.ts'
import type { Product } from '../product.ts'
import type { Grant } from './kind.ts'

/** A text field that must not be empty. */
export const line = z.string('must be text').trim().min(1, 'must not be empty')

/** The price rule of most kinds: a single amount within Code's limits, like `0.25 usd`. */
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

/** The grant of most kinds: access to the product itself, forever. */
export function accessForever({ slug }: Product): Grant[] {
  return [{ scope: `product:${slug}`, days: null, calls: null }]
}

/** The words of most kinds on the page of a paid order. */
export const opensHere = {
  before: '',
  after: ' is yours, and stays open in this browser.',
  link: 'Open it on its own page',
}
