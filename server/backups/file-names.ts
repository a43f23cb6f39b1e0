import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const NAME = /^shop-(sandbox|live)-\d{8}T\d{6}Z\.tar\.gz$/

/** Names a backup by its mode and time, so that the names are in the order of the times. */
export function nameBackup(mode: string, madeAt: number): string {
  const time = new Date(madeAt).toISOString().replace(/[-:]|\.\d+/g, '')
  return `shop-${mode}-${time}.tar.gz`
}

/** Removes all backups of this mode in a folder but the newest `keep`; only files that are named as backups. Returns their names. */
export function removeOldBackups(folder: string, mode: string, keep: number): string[] {
  const names = readdirSync(folder).filter((name) => NAME.exec(name)?.[1] === mode)
  const old = names.sort().slice(0, -keep)
  for (const name of old) rmSync(join(folder, name))
  return old
}
