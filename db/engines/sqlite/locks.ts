import { setTimeout as delay } from 'node:timers/promises'
import { asUnavailable, isBusy } from './errors.ts'

export const LOCK_DEADLINE_MS = 800 // Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200
const RETRY_MS = 10

/**
 * Does something with the database, and waits for another process's lock without blocking the event loop, as SQLite's own
 * waiting would. Throws DatabaseUnavailable after the deadline, in milliseconds.
 */
export async function whenUnlocked<T>(work: () => T, deadlineMs = LOCK_DEADLINE_MS): Promise<T> {
  const giveUpAt = performance.now() + deadlineMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw asUnavailable(error)
      await delay(RETRY_MS)
    }
  }
}
