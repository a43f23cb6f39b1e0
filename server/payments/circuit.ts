import { ShopError } from '../errors.ts'

const FAILURES_UNTIL_OPEN = 5
const PAUSE_MS = 10_000

/**
 * Stops calling who has failed several times in a row: for a pause, every call throws `sequencer-down` at once; then one
 * is let through as a trial, and closes the circuit or opens it again. `isTrouble`: what counts as a failure.
 * The pause is measured by a clock that nobody sets: one set back by an hour would close the shop for an hour.
 */
export function createCircuit(isTrouble: (error: unknown) => boolean) {
  let failures = 0
  let openedAt: number | undefined
  let trying = false

  async function guard<T>(call: () => Promise<T>): Promise<T> {
    if (openedAt === undefined) return attempt(call)
    if (trying || performance.now() - openedAt < PAUSE_MS) throw down()
    trying = true
    return attempt(call).finally(() => {
      trying = false
    })
  }

  async function attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      const answer = await call()
      close()
      return answer
    } catch (error) {
      if (isTrouble(error)) fail()
      else close() // a refusal is an answer, too
      throw error
    }
  }

  function close(): void {
    failures = 0
    openedAt = undefined
  }

  function fail(): void {
    failures++
    if (failures < FAILURES_UNTIL_OPEN) return
    if (openedAt === undefined || trying) openedAt = performance.now()
  }

  return { guard, isOpen: () => openedAt !== undefined }
}

function down(): ShopError {
  return new ShopError('sequencer-down', 'Code has failed several times in a row; try again in a few seconds')
}
