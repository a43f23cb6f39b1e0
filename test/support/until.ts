import { setTimeout as delay } from 'node:timers/promises'

const ASK_EVERY_MS = 50
const DEADLINE_MS = 60_000

/** Asks until the answer is true. Throws after a minute. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not so after ${DEADLINE_MS / 1_000} s: ${isSo}`)
    await delay(ASK_EVERY_MS)
  }
}
