import { assertPayable, parseMoney } from '../../money/index.ts'
import * as z from '../zod.ts'

/**
 * The largest amount that the shop asks Code for, like `5 usd`, where Code takes less than it documents. In other currencies it is
 * the same multiple of Code's minimum, since its limits have the same ratio in every currency.
 */
export const codeMaximum = z.string().transform((text, context) => {
  try {
    const money = parseMoney(text)
    assertPayable(money)
    return money
  } catch (error) {
    context.addIssue(`must be an amount that Code takes, like 5 usd: ${(error as RangeError).message}`)
    return z.NEVER
  }
})
