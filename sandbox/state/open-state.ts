import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { SandboxError } from '../errors.ts'
import { type Balances, createBalances } from './balances.ts'
import { createCommits } from './commits.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { createLines, type Lines } from './lines.ts'
import { createRequests, type Requests } from './requests.ts'

const STATE_FILE = 'sandbox.db'
const SCHEMA = new URL('./schema.sql', import.meta.url)
const SCHEMA_VERSION = 5
// Version 4 differs only in these names.
const FROM_4 =
  'ALTER TABLE conversations RENAME TO traces; ALTER TABLE lines RENAME COLUMN conversation TO trace'

export interface State {
  requests: Requests
  deliveries: Deliveries
  balances: Balances
  lines: Lines
  /** Stores everything that `work` writes, or nothing. `work` must be synchronous. */
  atomically<T>(work: () => T): T
  close(): void
}

/** Opens the stored state, with at most `keep` requests and as many deliveries. Throws a SandboxError. */
export function openState(folder: string, keep: number): State {
  try {
    const db = connect(folder)
    const commits = createCommits(db)
    return {
      requests: createRequests(db, keep, commits),
      deliveries: createDeliveries(db, keep, commits),
      balances: createBalances(db, commits),
      lines: createLines(db, commits),
      atomically: (work) => commits.alone(work)(),
      close() {
        commits.flush()
        db.close()
      },
    }
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause
    throw new SandboxError(`The sandbox cannot open its state in ${folder}: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function connect(folder: string): Sqlite.Database {
  const path = folder === ':memory:' ? folder : join(folder, STATE_FILE)
  if (path !== folder) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Sqlite(path)
  if (path !== folder) chmodSync(path, 0o600) // before SQLite makes a WAL, which gets the same permissions
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL') // a scheduled webhook survives a power cut, as at Code
  db.pragma('foreign_keys = ON')
  db.transaction(() => makeTables(db, folder)).immediate()
  return db
}

function makeTables(db: Sqlite.Database, folder: string): void {
  const version = db.pragma('user_version', { simple: true })
  if (version === SCHEMA_VERSION) return
  if (version !== 0 && version !== 4) {
    throw new SandboxError(
      `${folder} was created by another version of the sandbox. Delete the folder to start from scratch.`,
    )
  }
  db.exec(version === 4 ? FROM_4 : readFileSync(SCHEMA, 'utf8'))
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
}
