import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { copySqliteFile } from '../../db/index.ts'

// As the sandbox names them: sandbox/key.ts and sandbox/state/open-state.ts. A test compares.
export const SANDBOX_KEY = 'key.pem'
export const SANDBOX_STATE = 'sandbox.db'
const PREFIX = 'sequencer'

/** The embedded sandbox's files in a backup, and where they belong. */
export const SANDBOX_FILES = [SANDBOX_KEY, SANDBOX_STATE].map((name) => ({
  name,
  packed: `${PREFIX}/${name}`,
}))

/**
 * Copies the embedded sandbox's key and state as they are at one moment. Returns the names of the copies; none if it never ran. It fills
 * a state that is empty when it starts, so that counts as none.
 */
export async function copySandbox(folder: string, target: string): Promise<string[]> {
  const found = SANDBOX_FILES.filter(({ name }) => existsSync(join(folder, name)))
  if (found.length > 0) mkdirSync(join(target, PREFIX), { mode: 0o700 })
  const copied: string[] = []
  for (const { name, packed } of found)
    if (await copyFile(name, join(folder, name), join(target, packed))) copied.push(packed)
  return copied
}

async function copyFile(name: string, from: string, to: string): Promise<boolean> {
  if (name === SANDBOX_STATE) return copySqliteFile(from, to)
  copyFileSync(from, to)
  return true
}
