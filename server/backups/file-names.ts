import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NAME = /^shop-(sandbox|live)-\d{8}T\d{6}Z(-auto)?\.tar\.gz$/

/** The backups among which some are kept: of one mode, and made by the shop itself, or by the command. */
export interface BackupKind {
  mode: string
  isAutomatic?: boolean | undefined
}

/** Names a backup by its kind and time, so that the names are in the order of the times. */
export function nameBackup({ mode, isAutomatic }: BackupKind, madeAt: number): string {
  const time = new Date(madeAt).toISOString().replace(/[-:]|\.\d+/g, '')
  return `shop-${mode}-${time}${isAutomatic ? '-auto' : ''}.tar.gz`
}

/**
 * Removes all backups of this kind beside the one that was made just now, but the newest `keep`, itself included; only files that are
 * named as backups. Returns their names.
 */
export function removeOldBackups(made: string, kind: BackupKind, keep: number): string[] {
  const [folder, newest] = [dirname(made), basename(made)]
  const names = readdirSync(folder).filter((name) => isOfKind(name, kind) && name !== newest)
  const isLater = (name: string) => name > newest // the clock was ahead then, or is behind now
  const inOrder = [...names.filter(isLater).sort(), ...names.filter((name) => !isLater(name)).sort(), newest]
  const old = inOrder.slice(0, -keep)
  for (const name of old) rmSync(join(folder, name))
  return old
}

function isOfKind(name: string, { mode, isAutomatic = false }: BackupKind): boolean {
  const [, ofMode, auto] = NAME.exec(name) ?? []
  return ofMode === mode && (auto !== undefined) === isAutomatic
}
