import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Changes } from './plan.ts'

/** Writes and removes files as planned. Folders that are empty afterwards go as well. */
export function applyChanges(folder: string, changes: Changes): void {
  for (const [path, content] of changes) {
    const file = join(folder, path)
    if (content === undefined) {
      rmSync(file)
      if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file))
    } else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
  }
}
