import { setTimeout as wait } from 'node:timers/promises'
import type { Request } from 'express'
import type { Shop } from '../../shop.ts'
import { MINUTE_MS, SECOND_MS } from '../../time.ts'
import { addressOf } from '../../web/index.ts'

const FIRST_WAIT_MS = 50 // somebody has mistyped
const LONGEST_WAIT_MS = 3 * SECOND_MS
const FORGIVEN_AFTER_MS = MINUTE_MS

/** The wrong tokens and links of late. Times are by performance.now(). */
export interface WrongTokens {
  count: number
  lastAt: number
  /** How many there were since the log's last line about them, and when that was */
  unlogged: number
  loggedAt: number
}

export function noWrongTokens(): WrongTokens {
  return { count: 0, lastAt: 0, unlogged: 0, loggedAt: Number.NEGATIVE_INFINITY }
}

/**
 * Waits before a wrong token or link is answered, each time twice as long. Counted for all addresses together, and never in the
 * way of a right one: behind a tunnel, the merchant and a stranger have the same address.
 */
export async function slowDown(shop: Shop, wrong: WrongTokens, req: Request, what: string): Promise<void> {
  const now = performance.now()
  if (now - wrong.lastAt > FORGIVEN_AFTER_MS) wrong.count = 0
  wrong.count++
  wrong.lastAt = now
  logWrong(shop, wrong, req, what, now)
  await wait(Math.min(FIRST_WAIT_MS * 2 ** (wrong.count - 1), LONGEST_WAIT_MS))
}

/** At most once a minute, so that nobody fills the disk with lines. */
function logWrong({ log }: Shop, wrong: WrongTokens, req: Request, what: string, now: number): void {
  wrong.unlogged++
  if (now - wrong.loggedAt < MINUTE_MS) return
  log.warn({ address: addressOf(req), count: wrong.unlogged }, `wrong ${what} at the desk`)
  wrong.unlogged = 0
  wrong.loggedAt = now
}
