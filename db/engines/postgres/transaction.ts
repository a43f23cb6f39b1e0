import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Row } from '../driver.ts'
import type { GroupResult } from '../group-commit.ts'
import { asDatabaseError, isConflict, isContention, isTemporary, notCommitted } from './errors.ts'
import { STATEMENT_DEADLINE_MS, withConnection } from './pool.ts'

/** A unit of work: its statements with their values */
export type Unit = readonly pg.QueryConfig[]

const RETRY_MS = 20
// While a group waits for a lock, all of its units do, so it gives up soon. Then each of them waits for itself, for longer.
const BEGIN_GROUP = `BEGIN; SET LOCAL lock_timeout = '100ms'`

/**
 * Commits all units of a group in one transaction, or none. If they contend for a lock with other transactions, or the
 * commit fails for a reason of theirs, each is committed alone. Throws DatabaseUnavailable.
 */
export async function commitGroup(pool: pg.Pool, group: readonly Unit[]): Promise<GroupResult> {
  const result = await tryGroup(pool, group)
  if ('rows' in result) return { rows: group.map((unit) => result.rows.splice(0, unit.length)) }
  const { failed, error } = result
  const index = unitAt(failed, group)
  const isOurs = index === group.length && !isTemporary(error)
  if (isOurs || isContention(error)) return { alone: group.map((unit) => commitAlone(pool, unit)) }
  return { failed: index, error: asDatabaseError(error) }
}

async function tryGroup(pool: pg.Pool, group: readonly Unit[]): Promise<StatementResults> {
  try {
    return await withConnection(pool, (client) => runTransaction(client, BEGIN_GROUP, group.flat()))
  } catch (error) {
    throw asDatabaseError(error)
  }
}

/** Returns the index of the unit that a statement of the group belongs to, or the group's length for the COMMIT after them. */
function unitAt(statement: number, group: readonly Unit[]): number {
  const owners = group.flatMap((unit, index) => unit.map(() => index))
  return owners[statement] ?? group.length
}

/** Commits a unit in a transaction of its own. Throws DatabaseUnavailable. */
function commitAlone(pool: pg.Pool, unit: Unit): Promise<Row[][]> {
  return retryConflicts(() => withConnection(pool, (client) => runUnit(client, unit)))
}

async function runUnit(client: pg.PoolClient, unit: Unit): Promise<Row[][]> {
  const result = await runTransaction(client, 'BEGIN', unit)
  if ('rows' in result) return result.rows
  throw result.error
}

/** Runs a query that changes nothing. Throws DatabaseUnavailable. */
export async function readRows(pool: pg.Pool, query: pg.QueryConfig): Promise<Row[]> {
  const { rows } = await retryConflicts(() => withConnection(pool, (client) => client.query<Row>(query)))
  return rows
}

/**
 * Repeats what the server rolled back because of another transaction, at least once: it may take a deadlock's victim a second
 * to learn of that. Throws DatabaseUnavailable when the time is up.
 */
async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + STATEMENT_DEADLINE_MS
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isLast = attempt > 1 && performance.now() >= giveUpAt
      if (isLast || !isConflict(error)) throw asDatabaseError(error)
      await delay(Math.random() * RETRY_MS) // random, so that those that met don't meet again
    }
  }
}

type StatementResults = { rows: Row[][] } | { failed: number; error: unknown }

/**
 * Runs statements in one transaction, on a connection that pipelines. `failed` is the first statement that failed, or their
 * number if COMMIT did; nothing was changed then, unless the answer to COMMIT was lost.
 *
 * BEGIN is awaited: pg sends a Sync after every query, so after a BEGIN that failed each statement would be a transaction
 * of its own. The rest is sent at once, and no lock is held for a round trip. After a statement that fails, PostgreSQL
 * refuses the others (25P02) and answers COMMIT with ROLLBACK.
 */
export async function runTransaction(
  client: pg.ClientBase,
  begin: string,
  queries: readonly pg.QueryConfig[],
): Promise<StatementResults> {
  await client.query(begin)
  const answers = await Promise.allSettled([...queries, COMMIT].map((query) => client.query<Row>(query)))
  const failed = answers.findIndex(({ status }) => status === 'rejected')
  if (failed >= 0) return { failed, error: (answers[failed] as PromiseRejectedResult).reason }
  const results = answers.map((answer) => (answer as PromiseFulfilledResult<pg.QueryResult<Row>>).value)
  if (results.pop()?.command !== 'COMMIT') return { failed: queries.length, error: notCommitted() }
  return { rows: results.map(({ rows }) => rows) }
}

const COMMIT: pg.QueryConfig = { text: 'COMMIT' }
