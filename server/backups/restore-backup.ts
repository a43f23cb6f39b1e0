import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  findSqliteFile,
  type LastBackup,
  type Replaced,
  type Restored,
  restoreDatabase,
} from '../../db/index.ts'
import { readManifest, unpack } from './archive.ts'
import { BackupError } from './backup-error.ts'
import type { Manifest } from './manifest.ts'
import { type Placed, placeSandbox } from './place-sandbox.ts'
import { inWorkFolder } from './work-folder.ts'

const OWNERS_FOLDER = 0o700

const ADVICE = {
  missing: (folder: string) =>
    `There is no folder ${folder}, which the backup would be unpacked in. Nothing was changed. Mount its disk, or make the folder with mkdir.`,
  unwritable: (folder: string, reason: string) =>
    `Cannot write to ${folder}: ${reason}. Nothing was changed. Run this as the shop’s user.`,
  full: (folder: string) =>
    `There is not enough space in ${folder}, so nothing was restored, and the shop’s database is as it was. Free some, and run this again.`,
  busy: () => 'Another restore of this database is running. Wait until it is finished.',
}

export interface RestoreOrder {
  file: string
  databaseUrl: string
  mode: 'sandbox' | 'live'
  /** Where a backup of PostgreSQL is unpacked: that of backups */
  folder: string
  /** Whether the merchant has chosen `folder`, so that it must exist as for a backup */
  isFolderChosen?: boolean | undefined
  /** Where the embedded sandbox's key and state belong; undefined if there is none */
  sandboxFolder: string | undefined
  /** Milliseconds since 1970 */
  now: number
  /** Says whether to go on, once it is known what that would replace; undefined if there is nothing */
  decide(replaced: Replaced | undefined, manifest: Manifest): boolean
  onStep?(step: RestoreStep): void
}

const isPostgres = (url: string) => /^postgres(ql)?:/.test(url)

export type RestoreStep = 'unpacking' | 'comparing'

/** What a restore has done. */
export interface RestoredBackup extends NonNullable<Restored> {
  manifest: Manifest
  /** What became of the sandbox's files; undefined if there are none in the backup, or no embedded sandbox here */
  sandbox: Placed | undefined
}

/**
 * Restores a backup; undefined if `decide` was against it. Whenever it ends, the former database is whole and in place, or the new one is. A
 * second run removes what a killed one has left. Throws BackupError, DatabaseRefused, DatabaseUnavailable.
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoredBackup | undefined> {
  const file = resolve(order.file)
  const manifest = await readManifest(file)
  assertFits(manifest, order)
  const isInFolder = isPostgres(order.databaseUrl)
  const work = isInFolder
    ? join(order.folder, '.unfinished-restore')
    : `${await findSqliteFile(order.databaseUrl)}-restoring` // on the same file system
  return inWorkFolder(work, isInFolder && order.isFolderChosen === true, ADVICE, () =>
    restoreIn(work, file, manifest, order),
  )
}

async function restoreIn(
  work: string,
  file: string,
  manifest: Manifest,
  { decide, onStep, ...order }: RestoreOrder,
): Promise<RestoredBackup | undefined> {
  const content = join(work, 'content')
  rmSync(content, { recursive: true, force: true })
  mkdirSync(content, { mode: OWNERS_FOLDER })
  onStep?.('unpacking')
  await unpack(file, manifest, content)
  onStep?.('comparing')
  let sandbox: Placed | undefined
  const restored = await restoreDatabase(order.databaseUrl, {
    copy: join(content, manifest.database),
    mode: order.mode,
    migrations: manifest.migrations,
    now: order.now,
    lastBackup: JSON.stringify({
      madeAt: manifest.madeAt,
      file,
      bytes: statSync(file).size,
    } satisfies LastBackup),
    decide: (replaced) => decide(replaced, manifest),
    // Before the database is in place, so that the sandbox never knows less than the shop.
    beforeSwap: async () => {
      if (order.sandboxFolder !== undefined)
        sandbox = await placeSandbox(content, manifest, order.sandboxFolder, order.now)
    },
  })
  return restored && { ...restored, manifest, sandbox }
}

function assertFits({ mode, engine }: Manifest, order: RestoreOrder): void {
  if (mode !== order.mode) {
    throw new BackupError(
      `The backup is of a shop in ${mode} mode, but the settings say CODE_MODE=${order.mode}. Test money and real money never mix: choose another backup, or set CODE_MODE=${mode}.`,
    )
  }
  const own = isPostgres(order.databaseUrl) ? 'postgres' : 'sqlite'
  if (engine === own) return
  const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
  throw new BackupError(
    `The backup is of a ${names[engine]} database, and DATABASE_URL is a ${names[own]} database. Set DATABASE_URL to one of the same kind.`,
  )
}
