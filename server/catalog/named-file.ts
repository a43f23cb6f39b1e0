import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from './fault.ts'

/**
 * Returns the path of the file that a catalogue may have under this name, or undefined if it has none. Throws a Fault if it has
 * one of the names that people give it by mistake.
 */
export function findNamedFile(folder: string, name: string, misnamed: readonly string[]): string | undefined {
  const path = join(folder, name)
  if (isThere(path)) return path
  const found = misnamed.find((each) => isThere(join(folder, each)))
  if (found) throw new Fault(1, `the file is missing, but there is ${found}: rename that to ${name}`)
  return undefined
}

/**
 * Returns whether a folder has an entry at this path, also one that can't be read, or a link that leads nowhere. If such a
 * file counted as missing, what it says would be forgotten.
 */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true // nobody may look into its folder
  }
}
