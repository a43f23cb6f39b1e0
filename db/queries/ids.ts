import { randomUUID } from 'node:crypto'

/**
 * Returns a random id that begins with its instant. Those who pay are mostly new, so in every index that begins with
 * such an id the rows of those who pay now lie together, and a commit writes few pages, however many rows there are.
 */
export function newId(now: number): string {
  return `${now.toString(16).padStart(12, '0')}-${randomUUID()}`
}

/** Returns what all ids of this instant and later are greater than, and all ids of before are less than. */
export function idsFrom(at: number): string {
  return Math.max(0, at).toString(16).padStart(12, '0')
}

/** No id without a time, which is what orders from before have, is less than this; all others are. */
export const IDS_WITHOUT_TIME = '1'

/** Returns the instant that an id begins with; undefined if it is another kind of id. */
export function timeOfId(id: string): number | undefined {
  return /^[0-9a-f]{12}-/.test(id) ? Number.parseInt(id, 16) : undefined
}
