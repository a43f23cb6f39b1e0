import { ShopError } from '../errors.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'
import type { Logger } from '../web/index.ts'

const REPORT_INTERVAL_MS = MINUTE_MS

/** Calls that failed in a row, for the log: a line when that begins, a count every minute, and a line when it is over. */
export interface Outage {
  log: Pick<Logger, 'info' | 'warn'>
  failures: number
  /** By `performance.now()`, like all times of an outage */
  beganAt: number
  failedAt: number
  /** When a call worked last; undefined if none has yet */
  answeredAt: number | undefined
  reportedAt: number
}

export function noOutage(log: Outage['log']): Outage {
  return { log, failures: 0, beganAt: 0, failedAt: 0, answeredAt: undefined, reportedAt: 0 }
}

/** Counts a failed call, so that its caller doesn't have to log it. */
export function noteFailure(outage: Outage, error: unknown): void {
  if (error instanceof ShopError) error.isLogged = true
  const now = performance.now()
  outage.failedAt = now
  if (outage.failures++ === 0) {
    outage.beganAt = now
    outage.reportedAt = now
    outage.log.warn(reasonFor(error), 'calls to Code are failing; further failures are only counted')
  } else if (now - outage.reportedAt >= REPORT_INTERVAL_MS) {
    outage.reportedAt = now
    outage.log.warn({ ...countOf(outage), ...reasonFor(error) }, 'calls to Code are still failing')
  }
}

/** Notes a call that worked, which ends the outage. */
export function noteAnswer(outage: Outage): void {
  outage.answeredAt = performance.now()
  if (outage.failures === 0) return
  outage.log.info(countOf(outage), 'calls to Code succeed again')
  outage.failures = 0
}

function countOf({ failures, beganAt }: Outage) {
  return { failures, seconds: Math.round((performance.now() - beganAt) / SECOND_MS) }
}

/** The innermost cause says most, such as `connect ECONNREFUSED 127.0.0.1:3031`. A name with several addresses leaves only its code. */
function reasonFor(error: unknown) {
  const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException }
  return { reason: cause?.message || cause?.code || message }
}
