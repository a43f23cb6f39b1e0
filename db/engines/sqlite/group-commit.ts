import type { Parameters, Row } from '../driver.ts'
import { DatabaseUnavailable } from '../errors.ts'

export interface Unit {
  statements: readonly string[]
  parameters: Parameters
}

/** The rows of each statement of each unit, durable now; or nothing was changed, and the unit at `failed` is why: none, if that is behind the last. */
export type Outcome = { rows: Row[][][] } | { failed: number; error: unknown }

const LARGEST_GROUP = 24 // the next one's signatures are checked while this one is written: whoever takes all leaves nothing to do

interface WaitingUnit extends Unit {
  resolve(rows: Row[][]): void
  reject(error: unknown): void
}

/**
 * Commits together the units of work that come while an earlier group is being written: one wait for the disk serves them
 * all, and nobody waits for company. One that fails doesn't take the others with it: they begin again without it. A failed
 * commit, or a database that can't be used, fails them all, since none of them is durable then. See
 * docs/decisions/008-group-commit.md.
 */
export function groupCommits(commit: (group: readonly Unit[]) => Promise<Outcome>) {
  const waiting: WaitingUnit[] = []
  let working = false

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, LARGEST_GROUP)
      const outcome = await commit(group).catch((error) => ({ failed: group.length, error }))
      if ('rows' in outcome) resolveAll(group, outcome.rows)
      else refuse(group, outcome)
    }
    working = false
  }

  function refuse(group: WaitingUnit[], { failed, error }: { failed: number; error: unknown }): void {
    if (error instanceof DatabaseUnavailable) {
      rejectAll([...group, ...waiting.splice(0)], error) // who came later has waited, too
    } else if (failed === group.length) {
      rejectAll(group, error)
    } else {
      rejectAll(group.splice(failed, 1), error)
      waiting.unshift(...group)
    }
  }

  return (statements: readonly string[], parameters: Parameters): Promise<Row[][]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, parameters, resolve, reject })
      if (working) return
      working = true
      setImmediate(work) // those of this turn come along
    })
}

function resolveAll(group: readonly WaitingUnit[], rows: Row[][][]): void {
  group.forEach((unit, index) => {
    unit.resolve(rows[index] as Row[][])
  })
}

function rejectAll(units: readonly WaitingUnit[], error: unknown): void {
  for (const unit of units) unit.reject(error)
}
