import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Row } from '../driver.ts'
import type { GroupResult } from '../group-commit.ts'
import { writeThrough } from './circuit.ts'
import {
  asDatabaseError,
  isConflict,
  isContention,
  isForbidden,
  isStatementLost,
  isTemporary,
  notCommitted,
} from './errors.ts'
import { type Query, sendTogether } from './exchange.ts'
import { withConnection } from './pool.ts'
import { asPrepared, goOnUnnamed, type PostgresServer } from './server.ts'

/** A unit of work: its statements with their values */
export type Unit = readonly Query[]

const RETRY_MS = 20
// Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200. A unit may wait for a connection, then in
// a group, then alone. This deadline covers all three.
const UNIT_DEADLINE_MS = 2_000
const READ_DEADLINE_MS = 2_000
const STATEMENT_DEADLINE_MS = 1_500
// While a group waits for a lock, all of its units do, so it gives up soon. Then each of them waits on its own, for longer.
const GROUP_LOCK_MS = 100
const LOCK_DEADLINE_MS = 1_100 // PostgreSQL looks for deadlocks after a second

/**
 * Commits all units of a group in one transaction, or none. If they contend for a lock with other transactions, one of
 * them isn't allowed, or the commit fails for a reason of theirs, each is committed alone. Throws DatabaseUnavailable.
 */
export async function commitGroup(server: PostgresServer, group: readonly Unit[]): Promise<GroupResult> {
  const giveUpAt = performance.now() + UNIT_DEADLINE_MS
  const result = await tryGroup(server, group, giveUpAt)
  if ('rows' in result) return { rows: group.map((unit) => result.rows.splice(0, unit.length)) }
  const { failed, error } = result
  const index = unitAt(failed, group)
  const isOurs = index === group.length && !isTemporary(error)
  if (isStatementLost(error)) goOnUnnamed(server)
  if (isOurs || isContention(error) || isForbidden(error) || isStatementLost(error))
    return { alone: group.map((unit) => commitAlone(server, unit, giveUpAt)) }
  return { failed: index, error: asDatabaseError(error) }
}

async function tryGroup(
  server: PostgresServer,
  group: readonly Unit[],
  giveUpAt: number,
): Promise<{ rows: Row[][] } | { failed: number; error: unknown }> {
  const answers: Row[][] = []
  const options = { lockMs: GROUP_LOCK_MS, giveUpAt, answers }
  try {
    return { rows: await commit(server, group.flat(), options) }
  } catch (error) {
    return { failed: Math.max(0, answers.length - PREAMBLE), error }
  }
}

/** Returns the index of the unit that a statement of the group belongs to, or the group's length for the COMMIT after them. */
function unitAt(statement: number, group: readonly Unit[]): number {
  const owners = group.flatMap((unit, index) => unit.map(() => index))
  return owners[statement] ?? group.length
}

/** Commits a unit in a transaction of its own. Throws DatabaseUnavailable. */
function commitAlone(server: PostgresServer, unit: Unit, giveUpAt: number): Promise<Row[][]> {
  const options = { lockMs: LOCK_DEADLINE_MS, giveUpAt }
  return retry(server, giveUpAt, () => commit(server, unit, options))
}

function commit(
  server: PostgresServer,
  queries: readonly Query[],
  options: TransactionOptions,
): Promise<Row[][]> {
  return writeThrough(server.circuit, () =>
    withConnection(server.writers, (client) => runTransaction(server, client, queries, options)),
  )
}

/** Runs a query that changes nothing. Throws DatabaseUnavailable. */
export function readRows(server: PostgresServer, query: Query): Promise<Row[]> {
  const giveUpAt = performance.now() + READ_DEADLINE_MS
  return retry(server, giveUpAt, () =>
    withConnection(server.readers, (client) => runRead(server, client, query, giveUpAt)),
  )
}

// Without the settings of a unit of work: they would take as long as the read, and no guarantee depends on them.
async function runRead(
  server: PostgresServer,
  client: pg.ClientBase,
  query: Query,
  giveUpAt: number,
): Promise<Row[]> {
  const answers: Row[][] = []
  await send(server, client, [query], { giveUpAt, answers })
  return answers[0] as Row[]
}

/**
 * Repeats what the server rolled back because of another transaction, at least once: it may take a deadlock's victim a second
 * to learn of that. Throws DatabaseUnavailable when the time is up.
 */
async function retry<T>(server: PostgresServer, giveUpAt: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isLast = attempt > 1 && performance.now() >= giveUpAt
      if (isStatementLost(error)) goOnUnnamed(server)
      if (isLast || !(isConflict(error) || isStatementLost(error))) throw asDatabaseError(error)
      await delay(Math.random() * RETRY_MS) // random, so that transactions that conflicted don't conflict again
    }
  }
}

interface SendOptions {
  giveUpAt: number
  /** Receives the rows of each completed statement */
  answers: Row[][]
}

interface TransactionOptions {
  /** For how long a statement may wait for a lock */
  lockMs: number
  giveUpAt: number
  answers?: Row[][]
}

const BEGIN: Query = { name: 'nickel_begin', text: 'BEGIN', values: [] }
const COMMIT: Query = { name: 'nickel_commit', text: 'COMMIT', values: [] }
const PREAMBLE = 2 // BEGIN and the settings

/**
 * Runs statements in one transaction, and resolves with the rows of each. If one fails, nothing was changed, unless it was the
 * answer to COMMIT that was lost. Everything is sent at once, so no lock is held for a round trip.
 */
export async function runTransaction(
  server: PostgresServer,
  client: pg.ClientBase,
  queries: readonly Query[],
  { lockMs, giveUpAt, answers = [] }: TransactionOptions,
): Promise<Row[][]> {
  const settings = { ...server.settings, values: [lockMs, STATEMENT_DEADLINE_MS] }
  const packet = [BEGIN, settings, ...queries, COMMIT]
  const lastCommand = await send(server, client, packet, { giveUpAt, answers })
  if (lastCommand !== 'COMMIT') throw notCommitted()
  return answers.slice(PREAMBLE, -1)
}

const SHORTEST_WAIT_MS = 100 // for a unit that got its connection when its time was nearly up

function send(
  server: PostgresServer,
  client: pg.ClientBase,
  queries: readonly Query[],
  { giveUpAt, answers }: SendOptions,
): Promise<string> {
  const packet = queries.map((query) => asPrepared(server, query))
  const timeoutMs = Math.max(SHORTEST_WAIT_MS, giveUpAt - performance.now())
  return sendTogether(client, packet, { statements: server.statements, timeoutMs, answers })
}
