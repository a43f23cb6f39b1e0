import { randomUUID } from 'node:crypto'

/**
 * Returns a random id that begins with its instant. Those who pay are mostly new, so in every index that begins with
 * such an id the rows of those who pay now lie together, and a commit writes few pages, however many rows there are.
 */
export function newId(now: number): string {
  return `${now.toString(16).padStart(12, '0')}-${randomUUID()}`
}
