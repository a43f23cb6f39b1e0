import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from './driver.ts'
import { DatabaseRefused } from './errors.ts'

export interface Migration {
  /** Its file in db/migrations, `005-words.sql` */
  name: string
  /** Of its text, hex */
  sha256: string
  /** With line endings as LF, so that a checkout on Windows is the same migration */
  text: string
}

const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url))
// Anything else in the folder (.DS_Store, 005-words.sql~, a copy named "005-words 2.sql") is never run.
const NAME = /^(\d{3})(?:-[a-z0-9]+)+\.sql$/
const ENGINE_PART = / ?\/\* (sqlite|postgres):\s+((?:.|\n)*?)\s*\*\//g

/**
 * Reads the migrations in the order in which they run. Throws DatabaseRefused if their numbers, which begin with 001, have
 * a gap or occur twice.
 */
export function readMigrations(folder = FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
  names.forEach(assertNextNumber)
  return names.map((name) => readMigration(folder, name))
}

function assertNextNumber(name: string, index: number): void {
  const number = String(index + 1).padStart(3, '0')
  if (name.startsWith(number)) return
  throw new DatabaseRefused(
    `Migrations must be numbered without gaps or duplicates, but in db/migrations, ${name} stands where number ${number} should be. Restore the missing file, or renumber the new one.`,
  )
}

function readMigration(folder: string, name: string): Migration {
  const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
  return { name, sha256: createHash('sha256').update(text).digest('hex'), text }
}

/**
 * Returns a script as one engine runs it. What only that engine needs is written as a comment that begins with its name, and loses
 * the comment's marks: `id TEXT /* postgres: COLLATE "C" *\/ NOT NULL`. The other engine's comments go.
 */
export function scriptFor(engine: Engine, script: string): string {
  return script.replace(ENGINE_PART, (_comment, name, sql) => (name === engine ? ` ${sql}` : ''))
}
