import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NAME = /^shop-(sandbox|live)-\d{8}T\d{6}Z\.tar\.gz$/

/** Names a backup by its mode and time, so that the names are in the order of the times. */
export function nameBackup(mode: string, madeAt: number): string {
  const time = new Date(madeAt).toISOString().replace(/[-:]|\.\d+/g, '')
  return `shop-${mode}-${time}.tar.gz`
}

/**
 * Removes all backups of this mode beside the one that was made just now, but the newest `keep`, itself included; only files that are
 * named as backups. Returns their names.
 */
export function removeOldBackups(made: string, mode: string, keep: number): string[] {
  const [folder, newest] = [dirname(made), basename(made)]
  const names = readdirSync(folder).filter((name) => NAME.exec(name)?.[1] === mode && name !== newest)
  const isLater = (name: string) => name > newest // the clock was ahead then, or is behind now
  const inOrder = [...names.filter(isLater).sort(), ...names.filter((name) => !isLater(name)).sort(), newest]
  const old = inOrder.slice(0, -keep)
  for (const name of old) rmSync(join(folder, name))
  return old
}
