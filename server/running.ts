import { setTimeout as delay } from 'node:timers/promises'

/** Work that goes on until it is stopped. */
export interface Running {
  /** Resolves once the work has ended. */
  stop(): Promise<void>
}

/** Begins work that ends soon after its signal is aborted. */
export function runUntilStopped(work: (stopping: AbortSignal) => Promise<void>): Running {
  const stopping = new AbortController()
  const ended = work(stopping.signal)
  return {
    stop() {
      stopping.abort()
      return ended
    },
  }
}

/** Waits. Resolves with false at once when the work is to stop. */
export function pause(ms: number, stopping: AbortSignal | undefined): Promise<boolean> {
  return delay(ms, true, { signal: stopping }).catch(() => false)
}
