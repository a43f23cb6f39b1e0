/**
 * How long property tests go on: `runs` each in `npm test`, within `timeoutMs`, and as RUNS or SECONDS say in `npm run fuzz`,
 * which runs each test with `RUNS=` in its name. SEED repeats what was printed.
 */
export function fuzzing({ runs, timeoutMs = 60_000 }: { runs: number; timeoutMs?: number }) {
  const SEED = Number(process.env.SEED || Date.now() % 2 ** 31)
  const seconds = Number(process.env.SECONDS || 0)
  const RUNS = Number(process.env.RUNS || (seconds ? Number.MAX_SAFE_INTEGER : runs))
  return {
    SEED,
    RUNS: seconds ? `until ${seconds} s are over` : RUNS,
    /** For fc.assert */
    run: { seed: SEED, numRuns: RUNS, ...(seconds && { interruptAfterTimeLimit: seconds * 1_000 }) },
    /** For the test: a run that was cut off counts, so only one that hangs comes near it */
    TIMEOUT_MS: seconds || process.env.RUNS ? 3_600_000 : timeoutMs,
  }
}
