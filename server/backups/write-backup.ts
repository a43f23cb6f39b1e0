import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyDatabase, type LastBackup, noteBackup, syncFolder } from '../../db/index.ts'
import { pack } from './archive.ts'
import { BackupError } from './backup-error.ts'
import { nameBackup, type Removal, removeOldBackups } from './file-names.ts'
import { describeFiles, MANIFEST, type Manifest, newManifest } from './manifest.ts'
import { copySandbox } from './sandbox-files.ts'
import { inWorkFolder } from './work-folder.ts'

// For backup-thread.js, which imports this module alone.
export { lowerPriority } from '../../db/index.ts'

const OWNERS_FOLDER = 0o700
/** Where a backup is made, next to its file, so that this appears complete or not at all */
const UNFINISHED = '.unfinished-backup'

const ADVICE = {
  missing: (folder: string) =>
    `There is no folder ${folder}, so no backup was made. Correct the path, mount its disk, or make the folder with mkdir.`,
  unwritable: (folder: string, reason: string) => `Cannot write to ${folder}: ${reason}`,
  full: (folder: string) =>
    `There is not enough space in ${folder} for a backup, so none was made, and older ones are untouched. It needs space for a copy of the database and for the compressed file. Free some, or choose another folder.`,
  busy: (folder: string) =>
    `Another backup is being made in ${folder}. Wait until it is finished, or choose another folder.`,
}

/** What to back up, and where to: plain data, since a thread gets it. */
export interface BackupTerms {
  databaseUrl: string
  mode: 'sandbox' | 'live'
  /** With the embedded sandbox's key and state; undefined if there is none */
  sandboxFolder: string | undefined
  /** A file that doesn't exist yet; undefined for one in `folder`, named by its time */
  file?: string | undefined
  folder: string
  /** Whether the merchant has chosen `folder`. Then it must exist, like that of `file`: if it doesn't, its disk may not be mounted. */
  isFolderChosen?: boolean | undefined
  /** Whether the shop makes it by itself */
  isAutomatic?: boolean | undefined
  /** How many backups of its kind are left in `folder`, this one included; undefined for all */
  keep?: number | undefined
  /** Milliseconds since 1970 */
  now: number
}

/** What a backup is doing; `copying` several times, with the share that is copied */
export type Step = 'copying' | 'checking' | 'packing'

export type OnStep = (step: Step, share?: number) => void

/** A finished backup. */
export interface Backup extends LastBackup, Removal {
  manifest: Manifest
  /** Why the database doesn't know of it; undefined if it does */
  unrecorded?: string
}

/**
 * Makes a backup while the shop sells. Blocks its thread for seconds or minutes. Whenever it ends, there is a complete file or none: a
 * second run removes what a killed one has left. Throws BackupError, DatabaseUnavailable, DatabaseRefused.
 */
export async function writeBackup(terms: BackupTerms, onStep: OnStep = () => undefined): Promise<Backup> {
  const file = resolve(terms.file ?? join(terms.folder, nameBackup(terms, terms.now)))
  if (existsSync(file))
    throw new BackupError(`${file} exists already, and a backup never replaces another. Choose another name.`)
  const work = join(dirname(file), UNFINISHED)
  const isFolderChosen = terms.file !== undefined || terms.isFolderChosen === true
  return inWorkFolder(work, isFolderChosen, ADVICE, async () => {
    const manifest = await fill(work, terms, onStep)
    renameSync(join(work, PACKED), file)
    await syncFolder(dirname(file))
    return finish(terms, file, manifest)
  })
}

const PACKED = 'backup.tar.gz'

async function fill(work: string, terms: BackupTerms, onStep: OnStep): Promise<Manifest> {
  const content = join(work, 'content')
  for (const leftover of [content, join(work, PACKED)]) rmSync(leftover, { recursive: true, force: true })
  mkdirSync(content, { mode: OWNERS_FOLDER })
  onStep('copying')
  const {
    file: database,
    mode,
    ...facts
  } = await copyDatabase(terms.databaseUrl, content, reportShares(onStep))
  if (mode !== terms.mode) throw otherMode(mode, terms.mode)
  // After the database, so that the sandbox knows every intent that the shop knows.
  const others = terms.sandboxFolder === undefined ? [] : await copySandbox(terms.sandboxFolder, content)
  onStep('packing')
  const names = [database, ...others]
  const files = describeFiles(content, names)
  const manifest = newManifest({ madeAt: terms.now, mode: terms.mode, ...facts, database, files })
  writeFileSync(join(content, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`)
  await pack(content, names, join(work, PACKED))
  return manifest
}

/** Reports every tenth of the copy, and then that it is being checked. */
function reportShares(onStep: OnStep): (share: number) => void {
  let tenths = 0
  return (share) => {
    if (share === 1) return onStep('checking')
    const reached = Math.floor(share * 10)
    if (reached > tenths) onStep('copying', share)
    tenths = reached
  }
}

async function finish(terms: BackupTerms, file: string, manifest: Manifest): Promise<Backup> {
  const record: LastBackup = { madeAt: manifest.madeAt, file, bytes: statSync(file).size }
  const unrecorded = await noteBackup(terms.databaseUrl, record, terms.isAutomatic ?? false).then(
    () => undefined,
    (error: Error) => error.message,
  )
  const removal =
    terms.keep === undefined ? { removed: [], notRemoved: [] } : removeOldBackups(file, terms, terms.keep)
  return { ...record, manifest, ...removal, ...(unrecorded !== undefined && { unrecorded }) }
}

function otherMode(found: string, mode: string): BackupError {
  return new BackupError(
    `The database belongs to CODE_MODE=${found}, but the settings say CODE_MODE=${mode}. Set CODE_MODE=${found}, or DATABASE_URL to the other database.`,
  )
}
