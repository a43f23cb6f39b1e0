import type Sqlite from 'better-sqlite3'

interface Waiting {
  resolve(): void
  reject(error: unknown): void
}

export type Commits = ReturnType<typeof createCommits>

/**
 * Decides when the writes of a database reach the disk. Writes of several callers in the same turn of the event loop can be
 * committed together, with one wait for the disk. None of them may be reported before `stored` resolves.
 */
export function createCommits(db: Sqlite.Database) {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  let due: NodeJS.Immediate | undefined
  let waiting: Waiting[] = []

  function open(): void {
    if (db.inTransaction) return
    flush() // a transaction that a full disk or an I/O error has ended: rejects its callers
    begin.run()
    due = setImmediate(flush)
  }

  /** Commits the open transaction, and resolves or rejects the callers that wait for it. */
  function flush(): void {
    if (due === undefined) return
    clearImmediate(due)
    due = undefined
    const callers = waiting
    waiting = []
    try {
      commit.run()
      for (const { resolve } of callers) resolve()
    } catch (error) {
      if (db.inTransaction) rollback.run()
      for (const { reject } of callers) reject(error)
    }
  }

  return {
    flush,

    /** Makes `work` a unit that is committed together with others of this turn. Its caller awaits `stored` in the same turn. */
    together<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
      const apply = db.transaction(work) // inside the open transaction this is a savepoint
      return (...args) => {
        open()
        return apply(...args)
      }
    },

    /** Makes `work` a unit that is on the disk when it returns. */
    alone<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
      const apply = db.transaction(work).immediate
      return (...args) => {
        flush()
        return apply(...args)
      }
    },

    /** Resolves once everything written or read so far is on the disk; rejects if it could not be stored. */
    stored: (): Promise<void> =>
      due === undefined
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            waiting.push({ resolve, reject })
          }),
  }
}
