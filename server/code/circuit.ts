import { ShopError } from '../errors.ts'
import { noOutage, noteAnswer, noteFailure, type Outage } from './outage.ts'

const FAILURES_UNTIL_OPEN = 5
const PAUSE_MS = 10_000

/** Whether a service is called at all. Times by a clock that nobody sets: one set back would close the shop for hours. */
export interface Circuit {
  failures: number
  /** `performance.now()` when it opened last; undefined while it is closed */
  openedAt: number | undefined
  /** One call is being let through to see whether the service has recovered */
  isTrying: boolean
  outage: Outage
  /** How many calls were answered, by a refusal perhaps, and how many failed, since the circuit was made */
  calls: { answered: number; failed: number }
}

/** Creates a closed circuit, whose failures are reported to `log`. */
export function newCircuit(log: Outage['log']): Circuit {
  return {
    failures: 0,
    openedAt: undefined,
    isTrying: false,
    outage: noOutage(log),
    calls: { answered: 0, failed: 0 },
  }
}

export function isOpen({ openedAt }: Circuit): boolean {
  return openedAt !== undefined
}

/** Returns whether a call would throw at once. */
export function isPaused({ openedAt, isTrying }: Circuit): boolean {
  return openedAt !== undefined && (isTrying || performance.now() - openedAt < PAUSE_MS)
}

/**
 * Calls a service unless it has failed several times in a row. Then, for a pause, throws ShopError sequencer-down at
 * once; after it, lets one call through, which closes the circuit or opens it again. `isFailure` tells failures from
 * refusals, which are answers.
 */
export async function callThrough<T>(
  circuit: Circuit,
  isFailure: (error: unknown) => boolean,
  call: () => Promise<T>,
): Promise<T> {
  if (!isOpen(circuit)) return attempt(circuit, isFailure, call)
  if (isPaused(circuit)) throw down(circuit)
  circuit.isTrying = true
  return attempt(circuit, isFailure, call).finally(() => {
    circuit.isTrying = false
  })
}

async function attempt<T>(
  circuit: Circuit,
  isFailure: (error: unknown) => boolean,
  call: () => Promise<T>,
): Promise<T> {
  try {
    const answer = await call()
    close(circuit)
    return answer
  } catch (error) {
    if (isFailure(error)) countFailure(circuit, error)
    else close(circuit)
    throw error
  }
}

function close(circuit: Circuit): void {
  circuit.calls.answered++
  circuit.failures = 0
  circuit.openedAt = undefined
  noteAnswer(circuit.outage)
}

function countFailure(circuit: Circuit, error: unknown): void {
  noteFailure(circuit.outage, error)
  circuit.failures++
  circuit.calls.failed++
  if (circuit.failures < FAILURES_UNTIL_OPEN) return
  if (circuit.openedAt === undefined || circuit.isTrying) circuit.openedAt = performance.now()
}

function down({ outage }: Circuit): ShopError {
  const error = new ShopError('sequencer-down', ({ codePaused }) => codePaused())
  error.isLogged = outage.log !== undefined
  return error
}
