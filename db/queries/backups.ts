import type { Database } from '../database.ts'
import { FIND_BACKUP, LAST_AUTOMATIC_BACKUP, LAST_BACKUP, type LastBackup } from '../engines/copied.ts'
import type { LeaseTerms } from './folding-lease.ts'

// A lease further in the future than it may be was written by a clock that jumped.
const CLAIM = `
  INSERT INTO leases (name, holder, expires_at)
  VALUES ('backup', @instance, CAST(@now AS BIGINT) + @leaseMs)
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE leases.holder = excluded.holder OR leases.expires_at <= @now OR leases.expires_at > CAST(@now AS BIGINT) + @leaseMs
  RETURNING holder`

const RELEASE = `
  DELETE FROM leases
  WHERE name = 'backup' AND holder = @instance`

/** Takes or renews the lease of making a backup. False if another instance has it. */
export async function claimBackup(db: Database, terms: LeaseTerms): Promise<boolean> {
  const [taken] = await db.write([CLAIM], { ...terms, instance: db.instance })
  return taken?.length === 1
}

/** Gives back the lease of making a backup. */
export async function releaseBackup(db: Database): Promise<void> {
  await db.write([RELEASE], { instance: db.instance })
}

/** Returns what the database records of the last backup; undefined if there was none. */
export function findLastBackup(db: Pick<Database, 'read'>): Promise<LastBackup | undefined> {
  return findBackup(db, LAST_BACKUP)
}

/** Returns the same of the last one that the shop made by itself. */
export function findLastAutomaticBackup(db: Pick<Database, 'read'>): Promise<LastBackup | undefined> {
  return findBackup(db, LAST_AUTOMATIC_BACKUP)
}

async function findBackup(db: Pick<Database, 'read'>, key: string): Promise<LastBackup | undefined> {
  const [found] = await db.read(FIND_BACKUP, { key })
  return found && JSON.parse(found.value as string)
}
