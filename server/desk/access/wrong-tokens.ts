import { setTimeout as wait } from 'node:timers/promises'
import type { Request } from 'express'
import { ShopError } from '../../errors.ts'
import { countSeldom } from '../../seldom.ts'
import type { Shop } from '../../shop.ts'
import { MINUTE_MS, SECOND_MS } from '../../time.ts'
import { addressOf } from '../../web/index.ts'

const FIRST_WAIT_MS = 50 // somebody has mistyped
const LONGEST_WAIT_MS = 3 * SECOND_MS
const FORGIVEN_AFTER_MS = MINUTE_MS
const MOST_WAITING = 20 // each holds a connection that the listener can't drop, and one client can send any number

/**
 * Waits before a wrong token or link is answered, each time twice as long. Counted for all addresses together, and never in the
 * way of a right one: behind a tunnel, the merchant and a stranger have the same address. Throws too-many-requests, at once,
 * while many others wait.
 */
export async function slowDown({ log, wrongTokens }: Shop, req: Request, what: string): Promise<void> {
  const now = performance.now()
  if (now - wrongTokens.lastAt > FORGIVEN_AFTER_MS) wrongTokens.count = 0
  wrongTokens.count++
  wrongTokens.lastAt = now
  const repeated = countSeldom(wrongTokens.warnings, what, now)
  if (repeated) log.warn({ address: addressOf(req), ...repeated }, `wrong ${what} at the desk`)
  if (wrongTokens.waiting === MOST_WAITING) {
    req.res?.set('Retry-After', String(LONGEST_WAIT_MS / SECOND_MS))
    throw new ShopError('too-many-requests', (t) => t.tooManyWrong(MOST_WAITING))
  }
  wrongTokens.waiting++
  await wait(Math.min(FIRST_WAIT_MS * 2 ** (wrongTokens.count - 1), LONGEST_WAIT_MS))
  wrongTokens.waiting--
}
