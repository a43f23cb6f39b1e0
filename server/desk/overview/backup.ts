import type { LastBackup } from '../../../db/index.ts'
import type { Config } from '../../config/index.ts'
import { DAY_MS } from '../../time.ts'

const OLDEST_MS = 7 * DAY_MS
const MISSED = 2 // backups that should have been made since the last one

/** Whether real money depends on a backup that is old or was never made, or the shop fails to make those that it should make. */
export function isBackupMissing(
  { mode, backups }: Pick<Config, 'mode' | 'backups'>,
  last: LastBackup | undefined,
  now: number,
): boolean {
  if (mode !== 'live' && backups.everyMs === undefined) return false
  if (!last) return mode === 'live'
  return now - last.madeAt > (backups.everyMs === undefined ? OLDEST_MS : MISSED * backups.everyMs)
}
