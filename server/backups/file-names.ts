import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NAME = /^shop-(sandbox|live)-\d{8}T\d{6}Z(-auto)?\.tar\.gz$/

/** The backups among which some are kept: of one mode, and made by the shop itself, or by the command. */
export interface BackupKind {
  mode: string
  isAutomatic?: boolean | undefined
}

export interface Removal {
  /** Names */
  removed: string[]
  /** For each that should have been removed and is still there, the system's message, which names it */
  notRemoved: string[]
}

/** Names a backup by its kind and time, so that the names are in the order of the times. */
export function nameBackup({ mode, isAutomatic }: BackupKind, madeAt: number): string {
  const time = new Date(madeAt).toISOString().replace(/[-:]|\.\d+/g, '')
  return `shop-${mode}-${time}${isAutomatic ? '-auto' : ''}.tar.gz`
}

/**
 * Removes all backups of this kind beside the one that was made just now, but the newest `keep`, itself included; only files that are
 * named as backups. Never throws, since the new one is finished.
 */
export function removeOldBackups(made: string, kind: BackupKind, keep: number): Removal {
  const removal: Removal = { removed: [], notRemoved: [] }
  try {
    for (const name of findOldBackups(made, kind, keep)) removeOne(dirname(made), name, removal)
  } catch (error) {
    removal.notRemoved.push((error as Error).message)
  }
  return removal
}

function removeOne(folder: string, name: string, { removed, notRemoved }: Removal): void {
  try {
    rmSync(join(folder, name), { force: true }) // another program may have removed it meanwhile
    removed.push(name)
  } catch (error) {
    notRemoved.push((error as Error).message)
  }
}

function findOldBackups(made: string, kind: BackupKind, keep: number): string[] {
  const [folder, newest] = [dirname(made), basename(made)]
  const names = readdirSync(folder).filter((name) => isOfKind(name, kind) && name !== newest)
  const isLater = (name: string) => name > newest // the clock was ahead then, or is behind now
  const inOrder = [...names.filter(isLater).sort(), ...names.filter((name) => !isLater(name)).sort(), newest]
  return inOrder.slice(0, -keep)
}

function isOfKind(name: string, { mode, isAutomatic = false }: BackupKind): boolean {
  const [, ofMode, auto] = NAME.exec(name) ?? []
  return ofMode === mode && (auto !== undefined) === isAutomatic
}
