import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from './driver.ts'
import { DatabaseRefused } from './errors.ts'

export interface Migration {
  /** Its file in db/migrations, `005-words.sql`; from number 500 on, it is the merchant's own */
  name: string
  /** Of its text, hex */
  sha256: string
  /** With line endings as LF, so that a checkout on Windows is the same migration */
  text: string
}

/** What a database knows of a migration that has run on it. */
export type MigrationRun = Pick<Migration, 'name' | 'sha256'>

const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url))
// Anything else in the folder (.DS_Store, 005-words.sql~, a copy named "005-words 2.sql") is never run.
const NAME = /^(\d{3})(?:-[a-z0-9]+)+\.sql$/
const RESEMBLING = /^[^.].*\.sql$/i // what someone may expect to run
const FIRST_OWN = '500' // the merchant's first; the numbers before are the shop's, whose later versions go on counting there
const ENGINE_PART = / ?\/\* (sqlite|postgres):\s+((?:.|\n)*?)\s*\*\//g

/**
 * Reads the migrations in the order in which they run. Throws DatabaseRefused if their numbers, which begin with 001 and, for the
 * merchant's own, with 500, have a gap or occur twice.
 */
export function readMigrations(folder = FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
  assertNumbered(
    names.filter((name) => !isOwn(name)),
    1,
  )
  assertNumbered(names.filter(isOwn), Number(FIRST_OWN))
  return names.map((name) => readMigration(folder, name))
}

/** Finds the files that end in .sql, but never run because of the rest of their names. */
export function findMisnamed(folder = FOLDER): string[] {
  return readdirSync(folder)
    .filter((name) => RESEMBLING.test(name) && !NAME.test(name))
    .sort()
}

/** Whether a migration is the merchant's own. These and the shop's are two series, each of which grows without the other. */
export function isOwn(name: string): boolean {
  return name >= FIRST_OWN
}

/**
 * Finds the merchant's own migrations that ran under another name, such as one with a number of the shop's: while its text is the same,
 * it is the same migration. Returns the present name of each by the recorded one.
 */
export function findRenamed(
  records: readonly MigrationRun[],
  migrations: readonly Migration[],
): Map<string, string> {
  const known = new Set(migrations.map(({ name }) => name))
  const recorded = new Set(records.map(({ name }) => name))
  const added = migrations.filter(({ name }) => isOwn(name) && !recorded.has(name))
  const byText = new Map(added.map(({ name, sha256 }) => [sha256, name]))
  const renamed = new Map<string, string>()
  for (const { name, sha256 } of records) {
    const own = byText.get(sha256)
    if (own === undefined || known.has(name)) continue
    renamed.set(name, own)
    byText.delete(sha256)
  }
  return renamed
}

function assertNumbered(names: readonly string[], first: number): void {
  for (const [index, name] of names.entries()) {
    const number = String(first + index).padStart(3, '0')
    if (!name.startsWith(number))
      throw new DatabaseRefused(
        `Migrations must be numbered without gaps or duplicates, but in db/migrations, ${name} stands where number ${number} should be. Restore the missing file, or renumber the new one. Migrations of your own begin with number ${FIRST_OWN}.`,
      )
  }
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
