import type { Parameters, Row } from './driver.ts'
import { DatabaseUnavailable } from './errors.ts'

interface Unit {
  statements: readonly string[]
  parameters: Parameters
}

interface WaitingUnit extends Unit {
  resolve(rows: Row[][]): void
  reject(error: unknown): void
}

interface Engine {
  begin(): Promise<unknown>
  apply(unit: Unit): Row[][]
  exec(sql: string): unknown
  /** Throws when what was committed isn't durable */
  commit(): unknown
  explain(error: unknown): unknown
}

/**
 * Commits together the units of work that arrive together: one fsync serves them all, and nobody waits for
 * company. One that fails doesn't take the others with it: they begin again without it. A failed commit, or a database
 * that can't be used, fails them all, since none of them is durable then. See docs/decisions/008-group-commit.md.
 */
export function groupCommits(engine: Engine) {
  let waiting: WaitingUnit[] = []
  let working = false

  async function work(): Promise<void> {
    try {
      await engine.begin()
      const batch = takeWaiting() // after begin, so that those who came while it waited for a lock come along
      waiting.unshift(...commit(engine, batch))
    } catch (error) {
      for (const unit of takeWaiting()) unit.reject(engine.explain(error))
    }
    if (waiting.length > 0) setImmediate(work)
    else working = false
  }

  function takeWaiting(): WaitingUnit[] {
    const taken = waiting
    waiting = []
    return taken
  }

  return (statements: readonly string[], parameters: Parameters): Promise<Row[][]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, parameters, resolve, reject })
      if (working) return
      working = true
      setImmediate(work)
    })
}

/**
 * Runs every unit, commits, and only then settles their promises. Returns those that have to begin again, since one
 * among them has failed: a savepoint for each would save that, and would cost all others more than it is worth.
 */
function commit(engine: Engine, batch: WaitingUnit[]): WaitingUnit[] {
  const results: Row[][][] = []
  try {
    for (const unit of batch) results.push(engine.apply(unit))
    engine.commit()
  } catch (error) {
    rollBack(engine)
    return rejectWhoFailed(batch, results.length, engine.explain(error))
  }
  batch.forEach((unit, index) => {
    unit.resolve(results[index] as Row[][])
  })
  return []
}

/** The unit at `failed` alone; all of them if it was the commit, or if the database can't be used now. */
function rejectWhoFailed(batch: WaitingUnit[], failed: number, error: unknown): WaitingUnit[] {
  const isShared = failed === batch.length || error instanceof DatabaseUnavailable
  for (const unit of isShared ? batch : batch.slice(failed, failed + 1)) unit.reject(error)
  return isShared ? [] : batch.toSpliced(failed, 1)
}

function rollBack(engine: Engine): void {
  try {
    engine.exec('ROLLBACK')
  } catch {
    // SQLite has already rolled back by itself
  }
}
