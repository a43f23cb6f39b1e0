import { join } from 'node:path'
import { type RestoreOrder, restoreBackup } from '../../server/backups/restore-backup.ts'
import { type BackupTerms, writeBackup } from '../../server/backups/write-backup.ts'
import { type AskedDatabase, aBuyer, aNewOrder, anEvent, NOW, placeOrder } from './database.ts'
import { aFolder } from './workplace.ts'

/** An hour after the time of a test's database and its backups */
export const LATER = NOW + 3_600_000

/** Backs a database up into a new folder. */
export function backUp({ url }: { url: string }, changes: Partial<BackupTerms> = {}) {
  return writeBackup({
    databaseUrl: url,
    mode: 'sandbox',
    sandboxFolder: undefined,
    folder: join(aFolder(), 'backups'),
    now: NOW,
    ...changes,
  })
}

/** Restores a backup over a database, whatever that replaces. */
export function restore(file: string, { url }: { url: string }, changes: Partial<RestoreOrder> = {}) {
  return restoreBackup({
    file,
    databaseUrl: url,
    mode: 'sandbox',
    folder: join(aFolder(), 'backups'),
    sandboxFolder: undefined,
    now: LATER,
    decide: () => true,
    ...changes,
  })
}

/** Orders an article and pays for it. */
export async function aPaidOrder(db: AskedDatabase, now = NOW) {
  const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }), undefined, now)
  await db.settle(anEvent(order), now)
  return order
}
