import type Sqlite from 'better-sqlite3'

interface Waiting {
  resolve(): void
  reject(error: unknown): void
}

export type Commits = ReturnType<typeof createCommits>

/**
 * When the writes of one database reach the disk. What many callers write in the same turn of the event loop can be
 * committed together, so that one wait for the disk serves them all; nobody may be told of it before `stored`.
 */
export function createCommits(db: Sqlite.Database) {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  let due: NodeJS.Immediate | undefined
  let waiting: Waiting[] = []

  function open(): void {
    if (db.inTransaction) return
    flush() // one that a full disk or an I/O error has ended: its callers are told so
    begin.run()
    due = setImmediate(flush)
  }

  /** Commits what is open, and tells all who wait whether it is stored. */
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

    /** All or nothing of what `work` writes, committed with what others write in this turn: ask `stored` in the same one. */
    together<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
      const apply = db.transaction(work) // inside the open transaction this is a savepoint
      return (...args) => {
        open()
        return apply(...args)
      }
    },

    /** All or nothing of what `work` writes, on the disk when it returns. */
    alone<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
      const apply = db.transaction(work).immediate
      return (...args) => {
        flush()
        return apply(...args)
      }
    },

    /** Resolves once all that was written or read so far is on the disk; rejects if it could not be stored. */
    stored: (): Promise<void> =>
      due === undefined
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            waiting.push({ resolve, reject })
          }),
  }
}
