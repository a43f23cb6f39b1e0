import type { Parameters, Row } from './driver.ts'

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
 * company. Each has a savepoint of its own, so that one that fails doesn't take the others with it; a failed
 * commit fails them all, since none of them is durable then. See docs/decisions/008-group-commit.md.
 */
export function groupCommits(engine: Engine) {
  let waiting: WaitingUnit[] = []
  let working = false

  async function work(): Promise<void> {
    let batch: WaitingUnit[] = []
    try {
      await engine.begin()
      batch = takeWaiting() // after begin, so that those who came while it waited for a lock come along
      commit(engine, batch)
    } catch (error) {
      for (const unit of [...batch, ...(batch.length === 0 ? takeWaiting() : [])])
        unit.reject(engine.explain(error))
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

/** Runs every unit, commits, and only then settles their promises. Throws when nothing of it is durable. */
function commit(engine: Engine, batch: WaitingUnit[]): void {
  try {
    const settlements = batch.map((unit) => applyAlone(engine, unit))
    engine.commit()
    for (const settle of settlements) settle()
  } catch (error) {
    rollBack(engine)
    throw error
  }
}

function applyAlone(engine: Engine, unit: WaitingUnit): () => void {
  try {
    engine.exec('SAVEPOINT unit')
    const rows = engine.apply(unit)
    engine.exec('RELEASE unit')
    return () => unit.resolve(rows)
  } catch (error) {
    undo(engine, error)
    return () => unit.reject(engine.explain(error))
  }
}

function undo(engine: Engine, cause: unknown): void {
  try {
    engine.exec('ROLLBACK TO unit')
    engine.exec('RELEASE unit')
  } catch {
    throw cause // a full disk or an I/O error has ended the whole transaction
  }
}

function rollBack(engine: Engine): void {
  try {
    engine.exec('ROLLBACK')
  } catch {
    // SQLite has already rolled back by itself
  }
}
