import type { Verdict } from '../../db/index.ts'
import type { EventInFlight, Repeats } from '../memory.ts'
import { rememberNewest } from './remember-newest.ts'

const REMEMBERED = 1_000 // events; one that was forgotten is logged once more

/**
 * Settles an event in one unit of work at a time, however often it is delivered at once: units that wait for one another's
 * rows would take up the connections of all others. `settle` receives the number of deliveries that it settles.
 */
export function settleTogether(
  { inFlight }: Repeats,
  digest: string,
  settle: (times: number) => Promise<void>,
): Promise<void> {
  const current = inFlight.get(digest)
  if (!current) return settleFor(inFlight, digest, settle, 1)
  current.waiting++
  current.next ??= current.settled.then(() => settleFor(inFlight, digest, settle, current.waiting))
  return current.next
}

async function settleFor(
  inFlight: Repeats['inFlight'],
  digest: string,
  settle: (times: number) => Promise<void>,
  times: number,
): Promise<void> {
  const current: EventInFlight = { settled: settle(times), waiting: 0, next: undefined }
  inFlight.set(digest, current)
  try {
    await current.settled
  } finally {
    inFlight.delete(digest)
  }
}

/** Returns whether this verdict about this event has yet to be logged, and remembers it. */
export function isNews({ logged }: Repeats, digest: string, verdict: Verdict): boolean {
  if (logged.get(digest) === verdict) return false
  rememberNewest(logged, digest, verdict, REMEMBERED)
  return true
}
