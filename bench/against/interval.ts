import { quantile } from '../rounds.ts'

const CONFIDENCE = 0.9

export interface Interval {
  median: number
  low: number
  high: number
}

/**
 * Returns the median of some values and its 90 % confidence interval. It is the interval of the sign test, which assumes
 * nothing about their distribution: the true median lies between the d-th lowest and the d-th highest of n values with the
 * probability that a fair coin, tossed n times, shows each side at least d times. For 15 values that is 96 % or 88 %, so the
 * ends are interpolated (Hettmansperger and Sheather, Statistics & Probability Letters 4, 1986). Fewer than five values
 * can't give 90 %; the interval then reaches from the lowest to the highest.
 */
export function medianWithInterval(values: readonly number[]): Interval {
  const sorted = values.toSorted((one, other) => one - other)
  const median = quantile(values, 0.5)
  const depth = deepest(sorted.length)
  if (depth === 0) return { median, low: sorted[0] as number, high: sorted.at(-1) as number }
  const share = inwards(sorted.length, depth)
  const between = (outer: number, inner: number) =>
    (1 - share) * (sorted.at(outer) as number) + share * (sorted.at(inner) as number)
  return { median, low: between(depth - 1, depth), high: between(-depth, -depth - 1) }
}

/** Returns the largest d whose interval has a confidence of at least 90 %; 0 if there is none. */
function deepest(count: number): number {
  let depth = 0
  while (depth + 1 <= count / 2 && coverage(count, depth + 1) >= CONFIDENCE) depth++
  return depth
}

/** Returns how far the ends of the interval move inwards, as a share of the distance from the d-th to the next value. */
function inwards(count: number, depth: number): number {
  const [outer, inner] = [coverage(count, depth), coverage(count, depth + 1)]
  const step = (outer - CONFIDENCE) / (outer - inner)
  return ((count - depth) * step) / (depth + (count - 2 * depth) * step)
}

/** Returns the probability that the true median lies between the d-th lowest and the d-th highest of `count` values. */
function coverage(count: number, depth: number): number {
  let outside = 0
  let combinations = 1 // of `below` out of `count`
  for (let below = 0; below < depth; below++) {
    outside += combinations / 2 ** count
    combinations *= (count - below) / (below + 1)
  }
  return 1 - 2 * outside
}
