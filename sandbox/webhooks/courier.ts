import type { Clock, Report } from '../events.ts'
import type { Faults } from '../faults/index.ts'
import type { Deliveries, DueAttempt } from '../state/index.ts'
import { claimsIn, postWithFault } from './post-with-fault.ts'
import { pauseAfter } from './schedule.ts'

const ATTEMPT_LIMIT_MS = 3_000 // Code gives up then
const AT_ONCE = 64 // a bound for sockets; what is due and doesn't fit follows as soon as one is done
const LONGEST_NAP_MS = 60_000 // a computer that slept, or a clock that was set, is noticed by then

interface Deps {
  deliveries: Deliveries
  clock: Clock
  allowsWebhookTo(url: URL): boolean
  report: Report
  faults: Pick<Faults, 'ofWebhook' | 'retrySpeed'>
}

export type Courier = ReturnType<typeof createCourier>

/** Brings webhooks to where they belong: by itself once started, or when told to. */
export function createCourier({ deliveries, clock, allowsWebhookTo, report, faults }: Deps) {
  const underWay = new Map<Promise<void>, AbortController>()
  let started = false
  let timer: NodeJS.Timeout | undefined

  function beginDue(limit: number): Promise<void>[] {
    return deliveries.beginDue(clock.now(), limit, holdAfter).map(beginAttempt)
  }

  /** A faster clock doesn't make receivers faster: only who is too slow for Code's own pauses meets a retry meanwhile. */
  function holdAfter(number: number): number | undefined {
    const pause = pauseAfter(number)
    return pause && Math.max(shorten(pause), Math.min(pause, ATTEMPT_LIMIT_MS))
  }

  function shorten(pause: number): number {
    return Math.ceil(pause / faults.retrySpeed())
  }

  /** When the next attempt may start at the earliest, once this one has failed. */
  function soonestAfter(number: number, startedAt: number): number | undefined {
    const pause = pauseAfter(number)
    return pause && Math.max(clock.now(), startedAt + shorten(pause))
  }

  function beginAttempt(due: DueAttempt): Promise<void> {
    const controller = new AbortController()
    const attempt = makeAttempt(due, controller).finally(() => underWay.delete(attempt))
    underWay.set(attempt, controller)
    return attempt
  }

  async function makeAttempt(
    { delivery, intent, number, url, token }: DueAttempt,
    controller: AbortController,
  ): Promise<void> {
    const [began, startedAt] = [performance.now(), clock.now()]
    const limit = setTimeout(() => controller.abort(new Error('no answer within 3 s')), ATTEMPT_LIMIT_MS)
    const fault = faults.ofWebhook(intent ?? undefined)
    const policy = { allows: allowsWebhookTo, signal: controller.signal }
    const answer = await postWithFault({ number, url, token }, fault, policy)
    clearTimeout(limit)
    const durationMs = Math.round(performance.now() - began)
    const delivered = answer.status === 200 // and only 200: Code takes a 204 for a failure
    deliveries.record({ delivery, number, durationMs, ...answer }, delivered, soonestAfter(number, startedAt))
    const { status } = answer
    const claims = claimsIn(token)
    report({
      what: 'attempt made',
      delivery,
      number,
      url,
      status,
      answer: answer.answer,
      durationMs,
      intent,
      claims,
      fault,
    })
  }

  /** Does what is due and sleeps until something is. Called again whenever something was added or is done. */
  function wake(): void {
    if (!started) return
    clearTimeout(timer)
    try {
      for (const attempt of beginDue(Math.max(0, AT_ONCE - underWay.size)))
        attempt.catch(reportFailure).then(wake)
      nap(deliveries.earliestDue())
    } catch (error) {
      reportFailure(error) // a busy or full disk: the schedule is in the database, so nothing is lost
      nap(clock.now() + LONGEST_NAP_MS)
    }
  }

  function nap(until: number | null): void {
    if (until === null || underWay.size >= AT_ONCE) return
    timer = setTimeout(wake, Math.min(Math.max(0, until - clock.now()), LONGEST_NAP_MS)).unref()
  }

  function reportFailure(error: unknown): void {
    report({ what: 'attempt lost', reason: (error as Error).message })
  }

  return {
    wake,

    start(): void {
      started = true
      wake()
    },

    /** Makes every attempt that is due by the clock now; resolves when all are answered and recorded. */
    async deliverDue(): Promise<void> {
      await Promise.all(beginDue(-1)) // SQLite's word for no limit
    },

    /** Breaks off what is under way: it counts as a failed attempt, and the schedule goes on after the next start. */
    async close(): Promise<void> {
      started = false
      clearTimeout(timer)
      for (const controller of underWay.values()) controller.abort(new Error('the sandbox was stopped'))
      await Promise.allSettled(underWay.keys())
    },
  }
}
