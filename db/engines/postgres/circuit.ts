import { DatabaseUnavailable } from '../errors.ts'
import { isSilence } from './errors.ts'

const SILENCES_UNTIL_OPEN = 2 // one may be due to a single connection that is dead
const PAUSE_MS = 2_000

/**
 * Whether units of work are sent at all. While a synchronous standby is gone, or the server has fallen silent, each of them
 * would make a client wait in vain, and occupy a process of the server. Times are by a monotonic clock.
 */
export interface WriteCircuit {
  /** How many transactions went unanswered since the last that was committed */
  silences: number
  /** `performance.now()` when the last of them was given up */
  silentAt: number
  /** One transaction is on its way, to see whether the server answers again */
  isTrying: boolean
}

export function newCircuit(): WriteCircuit {
  return { silences: 0, silentAt: 0, isTrying: false }
}

/** Runs a transaction. Throws DatabaseUnavailable if the previous ones have just gone unanswered. */
export async function writeThrough<T>(circuit: WriteCircuit, write: () => Promise<T>): Promise<T> {
  if (circuit.silences >= SILENCES_UNTIL_OPEN) letOneThrough(circuit)
  try {
    const result = await write()
    circuit.silences = 0
    return result
  } catch (error) {
    if (isSilence(error)) {
      circuit.silences++
      circuit.silentAt = performance.now()
    }
    throw error
  } finally {
    circuit.isTrying = false
  }
}

function letOneThrough(circuit: WriteCircuit): void {
  if (circuit.isTrying || performance.now() - circuit.silentAt < PAUSE_MS) {
    const reason = 'it did not confirm the last write in time'
    throw new DatabaseUnavailable(`The database cannot answer now: ${reason}`, { reason })
  }
  circuit.isTrying = true
}
