import { MINUTE_MS, SECOND_MS } from './time.ts'

/** What is logged at most once a minute for each key, so that a failure that hundreds meet isn't hundreds of lines. */
export type Seldom<Key> = Map<Key, Unlogged>

interface Unlogged {
  /** Since the last line */
  count: number
  /** By performance.now() */
  loggedAt: number
}

/** How often something happened since the last line about it, and in how many seconds, if there was one. */
export interface Repeated {
  count: number
  seconds?: number
}

/** Counts what has happened once more. Returns what a line should say if one is due, which is at once the first time. */
export function countSeldom<Key>(
  seldom: Seldom<Key>,
  key: Key,
  now = performance.now(),
): Repeated | undefined {
  const before = seldom.get(key)
  if (before && now - before.loggedAt < MINUTE_MS) {
    before.count++
    return undefined
  }
  seldom.set(key, { count: 0, loggedAt: now })
  return before
    ? { count: before.count + 1, seconds: Math.round((now - before.loggedAt) / SECOND_MS) }
    : { count: 1 }
}
