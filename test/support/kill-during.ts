import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { DatabaseUnavailable } from '../../db/index.ts'
import type { TestShop } from './shop.ts'

/** Where a process ends: in this unit of work, counted from 0, after so many of its statements or once it is committed. */
export interface Kill {
  unit: number
  after: number | 'commit'
}

/**
 * Does something in a shop whose process is killed with SIGKILL in the middle of a unit of work, and starts the shop again. What
 * was not committed has left nothing. If there are fewer units of work, nothing is killed.
 */
export async function killDuring(shop: TestShop, kill: Kill, work: () => Promise<void>): Promise<void> {
  const { db } = shop
  const { read, write } = db
  let units = 0
  let isDead = false
  const dead = async () => {
    throw new DatabaseUnavailable('the process was killed')
  }
  db.write = async (statements, parameters) => {
    if (units++ !== kill.unit) return write(statements, parameters)
    Object.assign(db, { read: dead, write: dead })
    isDead = true
    runAndDie(shop.databaseFile, { statements, parameters, after: kill.after })
    return dead()
  }
  await work()
  clearTimeout(shop.shop.api.timer)
  if (isDead) return shop.restart()
  Object.assign(db, { read, write })
}

function runAndDie(
  path: string,
  {
    statements,
    parameters,
    after,
  }: { statements: readonly string[]; parameters: object; after: Kill['after'] },
): void {
  const step = after === 'commit' ? -1 : Math.min(after, statements.length)
  const before = digestOf(path)
  const input = JSON.stringify({ path, statements, parameters, step })
  const script = resolve('test/support/killed-unit.js')
  const { signal, stderr } = spawnSync(process.execPath, [script], { input })
  if (signal !== 'SIGKILL') throw new Error(`It was not killed: ${stderr}`)
  if (step >= 0 && digestOf(path) !== before) throw new Error('A killed unit of work left something')
}

/** Everything that is in a database. */
function digestOf(path: string): string {
  const file = new Sqlite(path, { readonly: true })
  const tables = file.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  const rows = tables.map((table) => file.prepare(`SELECT * FROM ${table}`).all())
  file.close()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}
