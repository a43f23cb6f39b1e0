import type { Clock, Report } from '../events.ts'
import type { Faults } from '../faults/index.ts'
import type { Deliveries, DueAttempt } from '../state/index.ts'
import { SEND_LIMIT_MS } from './post-token.ts'
import { claimsIn, postWithFault } from './post-with-fault.ts'
import { pauseAfter } from './schedule.ts'

const LONGEST_ATTEMPT_MS = 2 * SEND_LIMIT_MS // with the fault that sends twice, one after the other
const MOST_AT_ONCE = 64 // limits open sockets; other due attempts follow as soon as one ends
const LONGEST_WAIT_MS = 60_000 // so that a suspended computer or a changed clock is noticed

interface Deps {
  deliveries: Deliveries
  clock: Clock
  allowsWebhookTo(url: URL): boolean
  report: Report
  faults: Pick<Faults, 'ofWebhook' | 'retrySpeed'>
}

export type DeliveryWorker = ReturnType<typeof createDeliveryWorker>

/** Delivers webhooks: on its own once it has been started, or when `deliverDue` is called. */
export function createDeliveryWorker({ deliveries, clock, allowsWebhookTo, report, faults }: Deps) {
  const underWay = new Map<Promise<void>, AbortController>()
  let started = false
  let timer: NodeJS.Timeout | undefined

  function beginDue(limit: number): Promise<void>[] {
    return deliveries.beginDue(clock.now(), limit, holdAfter).map(beginAttempt)
  }

  /**
   * Returns how long after its start an unanswered attempt is retried. A faster clock doesn't make receivers faster, so it
   * must not retry a receiver that would have answered within Code's own pause.
   */
  function holdAfter(number: number): number | undefined {
    const pause = pauseAfter(number)
    return pause && Math.max(shorten(pause), Math.min(pause, LONGEST_ATTEMPT_MS))
  }

  function shorten(pause: number): number {
    return Math.ceil(pause / faults.retrySpeed())
  }

  /** Returns the earliest time for the next attempt, once this one has failed. */
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
    const fault = faults.ofWebhook(intent ?? undefined)
    const policy = { allows: allowsWebhookTo, signal: controller.signal }
    const answer = await postWithFault({ number, url, token }, fault, policy)
    const durationMs = Math.round(performance.now() - began)
    const delivered = answer.status === 200 // and only 200: Code treats a 204 as a failure
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

  /** Starts the due attempts, and schedules itself for the next ones. Called whenever a delivery is added or an attempt ends. */
  function deliverNext(): void {
    if (!started) return
    clearTimeout(timer)
    try {
      for (const attempt of beginDue(Math.max(0, MOST_AT_ONCE - underWay.size)))
        attempt.catch(reportFailure).then(deliverNext)
      scheduleNext(deliveries.earliestDue())
    } catch (error) {
      reportFailure(error) // a busy or full disk; the schedule is in the database, so nothing is lost
      scheduleNext(clock.now() + LONGEST_WAIT_MS)
    }
  }

  function scheduleNext(until: number | null): void {
    if (until === null || underWay.size >= MOST_AT_ONCE) return
    timer = setTimeout(deliverNext, Math.min(Math.max(0, until - clock.now()), LONGEST_WAIT_MS)).unref()
  }

  function reportFailure(error: unknown): void {
    report({ what: 'attempt lost', reason: (error as Error).message })
  }

  return {
    deliverNext,

    start(): void {
      started = true
      deliverNext()
    },

    /** Reschedules the deliveries that wait for their next attempt, as the retry speed has changed. */
    reschedule(): void {
      deliveries.reschedule(soonestAfter)
      deliverNext()
    },

    /** Makes every attempt that is due now, and resolves once all of them have been recorded. */
    async deliverDue(): Promise<void> {
      await Promise.all(beginDue(-1)) // in SQLite, -1 means no limit
    },

    /** Aborts attempts that are under way. They count as failed, and the schedule continues after the next start. */
    async close(): Promise<void> {
      started = false
      clearTimeout(timer)
      for (const controller of underWay.values()) controller.abort(new Error('the sandbox was stopped'))
      await Promise.allSettled(underWay.keys())
    },
  }
}
