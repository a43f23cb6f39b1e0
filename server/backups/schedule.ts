import { claimBackup, findLastAutomaticBackup, releaseBackup } from '../../db/index.ts'
import { pause, type Running, runUntilStopped } from '../running.ts'
import type { Shop } from '../shop.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { BackupError } from './backup-error.ts'
import { backupTerms } from './backup-terms.ts'
import { makeBackup } from './make-backup.ts'
import type { Backup, BackupTerms } from './write-backup.ts'

const FIRST_ROUND_MS = 30 * SECOND_MS // the start has enough to do
const ROUND_MS = MINUTE_MS
const LEASE_MS = MINUTE_MS
const RENEWED_MS = 20 * SECOND_MS
const AFTER_FAILURE_MS = 15 * MINUTE_MS
const AHEAD_MS = HOUR_MS // a backup from later than this was made by a clock that was wrong

/** What backups need of a shop, and how often they are made. */
export type BackedUpShop = Pick<Shop, 'db' | 'clock' | 'config' | 'log'> & { everyMs: number }

type MakeBackup = (terms: BackupTerms, stopping?: AbortSignal) => Promise<Backup>

/** Makes backups from now on, each by one instance. */
export function startBackups(shop: BackedUpShop): Running {
  return runUntilStopped((stopping) => backUpInRounds(shop, stopping))
}

async function backUpInRounds(shop: BackedUpShop, stopping: AbortSignal): Promise<void> {
  let failures = 0
  let wait = FIRST_ROUND_MS
  while (await pause(wait, stopping)) {
    failures = await tryToBackUp(shop, failures, stopping)
    wait = failures === 0 ? ROUND_MS : AFTER_FAILURE_MS
  }
}

/**
 * Makes a backup if one is due. Returns how many tries in a row have failed, this one included: the first failure may pass by itself,
 * each further one is an alert.
 */
export async function tryToBackUp(
  shop: BackedUpShop,
  failures: number,
  stopping: AbortSignal,
  make?: MakeBackup,
): Promise<number> {
  try {
    await backUpIfDue(shop, stopping, make)
    return 0
  } catch (err) {
    if (stopping.aborted) return failures
    const alert = failures > 0 && { alert: true }
    shop.log.error({ err, ...alert }, 'could not make a backup; it is tried again in 15 minutes')
    return failures + 1
  }
}

/**
 * Makes a backup if the last one that the shop made is old enough and no other instance is making one. Returns whether it did.
 * Throws BackupError also if the database doesn't know of it, since the next one is due at once then.
 */
export async function backUpIfDue(
  shop: BackedUpShop,
  stopping?: AbortSignal,
  make: MakeBackup = makeBackup,
): Promise<boolean> {
  const { db, clock, config, log } = shop
  if (!(await isDue(shop))) return false
  if (!(await claimBackup(db, { now: clock.now(), leaseMs: LEASE_MS }))) return false
  const renewing = setInterval(() => {
    claimBackup(db, { now: clock.now(), leaseMs: LEASE_MS }).catch(() => undefined) // the next one may succeed
  }, RENEWED_MS)
  try {
    if (!(await isDue(shop))) return false // another instance has made one meanwhile
    const terms = { ...backupTerms(config, clock.now()), isAutomatic: true, keep: config.backups.keep }
    const { file, bytes, removed, notRemoved, unrecorded } = await make(terms, stopping)
    if (unrecorded !== undefined) throw notRecorded(file, unrecorded)
    log.info({ file, bytes, removed }, 'backup made')
    if (notRemoved.length > 0) log.warn({ notRemoved }, 'older backups could not be removed')
    return true
  } finally {
    clearInterval(renewing)
    await releaseBackup(db)
  }
}

function notRecorded(file: string, why: string): BackupError {
  return new BackupError(`The backup is in ${file}, but the database could not record it: ${why}`)
}

async function isDue({ db, clock, everyMs }: BackedUpShop): Promise<boolean> {
  const last = await findLastAutomaticBackup(db) // one made by hand may be anywhere
  const age = clock.now() - (last?.madeAt ?? Number.NEGATIVE_INFINITY)
  return age >= everyMs || age < -AHEAD_MS
}
