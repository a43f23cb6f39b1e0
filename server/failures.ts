const ROUNDS_PER_REPORT = 60 // workers have a round each second

/**
 * Rounds of a worker that fail, as they do while the database is unavailable. Some may succeed in between: on a full disk, those in which
 * there is little to write.
 */
export interface Failures {
  failed: number
  /** Since the last failure */
  succeeded: number
}

export function noFailures(): Failures {
  return { failed: 0, succeeded: 0 }
}

/** Returns whether this failure is to be reported: the first one, and then one in each minute of them. */
export function isFailureReported(failures: Failures): boolean {
  failures.succeeded = 0
  return failures.failed++ % ROUNDS_PER_REPORT === 0
}

/** Returns how many rounds have failed, once that is over: those of a minute in a row have succeeded. Undefined otherwise. */
export function endFailures(failures: Failures): number | undefined {
  const { failed } = failures
  if (failed === 0 || ++failures.succeeded < ROUNDS_PER_REPORT) return undefined
  Object.assign(failures, noFailures())
  return failed
}
