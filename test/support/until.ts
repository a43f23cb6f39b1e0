import { setTimeout as delay } from 'node:timers/promises'

const ASK_EVERY_MS = 50
const DEADLINE_MS = 20_000 // before a test's own end, which would not say what it waited for

/** Asks until the answer is true. Throws after the deadline, which tests with more time than usual may set later. */
export async function until(isSo: () => boolean | Promise<boolean>, deadlineMs = DEADLINE_MS): Promise<void> {
  const deadline = performance.now() + deadlineMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not so after ${deadlineMs / 1_000} s: ${isSo}`)
    await delay(ASK_EVERY_MS)
  }
}
