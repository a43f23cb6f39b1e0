import type { Bound } from '../rounds.ts'

// These figures are required against this commit only. No other commit may be faster.
const REQUIRED: Record<string, Record<string, Bound>> = {
  cfda501: { page: ['≥', 1.1], memory: ['≤', 0.85] },
}

/** Returns what the ratio of the new to the old build must reach in this row. */
export function figureAgainst(commit: string, row: string, noSlower: Bound): Bound {
  const required = Object.entries(REQUIRED).find(([start]) => commit.startsWith(start))?.[1]
  return required?.[row] ?? noSlower
}
