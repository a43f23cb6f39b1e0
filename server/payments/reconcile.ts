import type { Database } from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import { type Clock, HOUR_MS, SECOND_MS } from '../time.ts'
import type { Logger } from '../web/index.ts'
import type { Gateway } from './gateway.ts'
import { SequencerRefusal } from './sender.ts'
import type { Settle } from './settle.ts'

const TICK_MS = SECOND_MS
const JITTER_MS = 100 // so that instances take turns, and not always the same one comes first
const CHECKS_PER_TICK = 20 // for all instances together: the sequencer is somebody else's machine
const HASTENED_AT_ONCE = 1_000
const HASTENED_WITHIN_MS = 2 * HOUR_MS // an hour's checks, and an hour by which the clock may have been set back meanwhile
const LOOK_INTERVAL_MS = 2 * SECOND_MS

interface Deps {
  db: Pick<Database, 'claimDueChecks' | 'hastenChecks'>
  gateway: Pick<Gateway, 'getStatus' | 'isDown'>
  settle: Settle
  clock: Clock
  log: Logger
}

/** Asks the sequencer about open orders, so that a payment counts although its webhook never came. */
export function createReconciler({ db, gateway, settle, clock, log }: Deps) {
  const lastLooks = new Map<string, number>()
  let lastRoundAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let working: Promise<unknown> = Promise.resolve()

  /** Asks about one intent. True once it is paid. Throws what the gateway and the database throw. */
  async function check(intent: string): Promise<boolean> {
    const { intentSubmitted } = await gateway.getStatus(intent)
    if (!intentSubmitted) return false
    const outcome = await settle({ kind: 'status', intent })
    return outcome === 'applied' || outcome === 'duplicate'
  }

  /** For a holder who looks at an unpaid order: asks, but not more often than every two seconds. Code's troubles are logged, not thrown. */
  async function checkOnLook(intent: string): Promise<void> {
    if (!mayLook(intent)) return
    await checkQuietly(intent)
  }

  function mayLook(intent: string): boolean {
    const now = clock.now()
    for (const [seen, at] of lastLooks) {
      if (Math.abs(now - at) < LOOK_INTERVAL_MS) break // insertion order is age; a clock that jumped forgets them all
      lastLooks.delete(seen)
    }
    if (lastLooks.has(intent)) return false
    lastLooks.set(intent, now)
    return true
  }

  async function checkQuietly(intent: string): Promise<void> {
    try {
      await check(intent)
    } catch (error) {
      if (!(error instanceof ShopError || error instanceof SequencerRefusal)) throw error
      log.warn({ err: error, intent }, 'could not ask about an order; it stays on the schedule')
    }
  }

  /** Asks about the orders that are due now, up to one tick's worth; while the sequencer is down, about one. */
  async function checkDue(): Promise<void> {
    const now = clock.now()
    await catchUpIfSetBack(now)
    const intents = await db.claimDueChecks(now, gateway.isDown() ? 1 : CHECKS_PER_TICK)
    await Promise.all(intents.map(checkQuietly))
  }

  /** By a clock that was set back, checks that were due in seconds are due in hours. */
  async function catchUpIfSetBack(now: number): Promise<void> {
    if (now < lastRoundAt) {
      log.warn({ byMs: lastRoundAt - now }, 'the clock was set back; open orders are asked about now')
      await db.hastenChecks(now, lastRoundAt - now + HOUR_MS, HASTENED_AT_ONCE)
    }
    lastRoundAt = now
  }

  function tick(): void {
    working = checkDue().catch((error) =>
      log.error({ err: error }, 'the reconciler could not do its round; it tries again'),
    )
    working.finally(() => {
      if (timer) timer = setTimeout(tick, TICK_MS + Math.random() * JITTER_MS)
    })
  }

  /** Begins with what may have been missed while the shop was down. */
  function start(): void {
    timer = setTimeout(tick, TICK_MS)
    working = db
      .hastenChecks(clock.now(), HASTENED_WITHIN_MS, HASTENED_AT_ONCE)
      .catch((error) =>
        log.error({ err: error }, 'could not hasten the checks after the start; they keep to their schedule'),
      )
  }

  async function stop(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    await working
  }

  return { check, checkOnLook, checkDue, start, stop }
}
