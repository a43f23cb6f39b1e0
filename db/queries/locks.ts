import type { Database } from '../database.ts'

/** Returns a unit's statements, with the lock first where units overlap: elsewhere it would only cost time. */
export function lockFirst(
  { unitsOverlap }: Database,
  lock: string,
  statements: readonly string[],
): readonly string[] {
  return unitsOverlap ? [lock, ...statements] : statements
}
