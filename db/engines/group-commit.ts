import type { Row, WriteMeasures } from './driver.ts'
import { DatabaseUnavailable } from './errors.ts'

/**
 * What became of a group's transaction. Either the rows of every statement of every unit, now durable, or nothing: `failed`
 * is the index of the unit that failed, or the group's length if the commit itself did.
 */
export type TransactionResult = { rows: Row[][][] } | { failed: number; error: unknown }

/** Units that get in the way of one another, or of other transactions, are committed `alone`, each with its own result. */
export type GroupResult = TransactionResult | { alone: Promise<Row[][]>[] }

/** Units of work, of whatever form an engine gives them, on their way to the database. */
export interface CommitQueue<Unit> {
  /** Commits all units of a group or none. */
  readonly commit: (group: readonly Unit[]) => Promise<GroupResult>
  /** How many groups may be on their way at the same time */
  readonly lanes: number
  busyLanes: number
  /** How many groups were on their way so far, and for how many milliseconds altogether */
  commits: number
  commitMs: number
  readonly waiting: WaitingUnit<Unit>[]
}

interface WaitingUnit<Unit> {
  readonly unit: Unit
  resolve(rows: Row[][]): void
  reject(error: unknown): void
}

const LARGEST_GROUP = 24 // capped so that signature checks for the next group overlap with writing this one

export function createCommitQueue<Unit>(
  commit: CommitQueue<Unit>['commit'],
  lanes: number,
): CommitQueue<Unit> {
  return { commit, lanes, busyLanes: 0, commits: 0, commitMs: 0, waiting: [] }
}

export function measureQueue<Unit>({ waiting, commits, commitMs }: CommitQueue<Unit>): WriteMeasures {
  return { waiting: waiting.length, commits, commitMs }
}

/**
 * Commits a unit together with those that arrive while earlier groups are being written: they share one wait for the disk,
 * and no unit waits for others to arrive. A unit that fails doesn't take the others with it: they start again without it. If
 * the commit fails or the database is unavailable, all of them fail, since none of them is durable then. See
 * docs/decisions/008-group-commit.md.
 */
export function commitInGroup<Unit>(queue: CommitQueue<Unit>, unit: Unit): Promise<Row[][]> {
  return new Promise((resolve, reject) => {
    queue.waiting.push({ unit, resolve, reject })
    if (queue.busyLanes === queue.lanes) return
    queue.busyLanes++
    setImmediate(commitGroups, queue) // so that the other units of this turn join the first group
  })
}

async function commitGroups<Unit>(queue: CommitQueue<Unit>): Promise<void> {
  while (queue.waiting.length > 0) {
    const group = queue.waiting.splice(0, LARGEST_GROUP)
    const units = group.map(({ unit }) => unit)
    const beganAt = performance.now()
    const result = await queue.commit(units).catch((error) => ({ failed: group.length, error }))
    queue.commits++
    queue.commitMs += performance.now() - beganAt
    if ('rows' in result) resolveAll(group, result.rows)
    else if ('alone' in result) settleAlone(group, result.alone)
    else rejectFailed(queue, group, result)
  }
  queue.busyLanes--
}

function rejectFailed<Unit>(
  queue: CommitQueue<Unit>,
  group: WaitingUnit<Unit>[],
  { failed, error }: { failed: number; error: unknown },
): void {
  if (error instanceof DatabaseUnavailable) {
    rejectAll([...group, ...queue.waiting.splice(0)], error) // units that arrived later have waited as well
  } else if (failed === group.length) {
    rejectAll(group, error)
  } else {
    rejectAll(group.splice(failed, 1), error)
    queue.waiting.unshift(...group)
  }
}

/** Settles each unit with its own result. Doesn't wait for them, since one that waits for a lock would hold up other groups. */
function settleAlone<Unit>(group: readonly WaitingUnit<Unit>[], alone: readonly Promise<Row[][]>[]): void {
  for (const [index, { resolve, reject }] of group.entries()) alone[index]?.then(resolve, reject)
}

function resolveAll<Unit>(group: readonly WaitingUnit<Unit>[], rows: Row[][][]): void {
  for (const [index, unit] of group.entries()) unit.resolve(rows[index] as Row[][])
}

function rejectAll<Unit>(units: readonly WaitingUnit<Unit>[], error: unknown): void {
  for (const unit of units) unit.reject(error)
}
