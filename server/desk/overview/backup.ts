import type { LastBackup } from '../../../db/index.ts'
import type { Config } from '../../config/index.ts'
import { DAY_MS } from '../../time.ts'

const OLDEST_MS = 7 * DAY_MS
const MISSED = 2 // backups that should have been made since the last one

/** What the database records of backups. */
export interface LastBackups {
  last: LastBackup | undefined
  /** The last one that the shop made by itself */
  automatic: LastBackup | undefined
}

/**
 * Says which backup is missing: real money depends on one that is old or was never made, or the shop fails to make those that it should
 * make, whatever was made by hand meanwhile.
 */
export function findMissingBackup(
  config: Pick<Config, 'mode' | 'backups'>,
  { last, automatic }: LastBackups,
  now: number,
): 'noBackup' | 'missedBackups' | undefined {
  if (isMissing(config, last, now)) return 'noBackup'
  const isAutomatic = config.backups.everyMs !== undefined
  return isAutomatic && isMissing(config, automatic, now) ? 'missedBackups' : undefined
}

function isMissing(
  { mode, backups }: Pick<Config, 'mode' | 'backups'>,
  found: LastBackup | undefined,
  now: number,
): boolean {
  if (mode !== 'live' && backups.everyMs === undefined) return false
  if (!found) return mode === 'live'
  return now - found.madeAt > (backups.everyMs === undefined ? OLDEST_MS : MISSED * backups.everyMs)
}
