import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { Database } from './database.ts'
import type { Driver, Preparation } from './engines/driver.ts'
import { DatabaseRefused, DatabaseUnavailable } from './engines/errors.ts'
import { assertUpToDate } from './engines/look.ts'
import { type Mode, migrate } from './engines/migrate.ts'
import { readMigrations } from './engines/migrations.ts'
import { isPostgres } from './engines/of-url.ts'

export * from './backups/index.ts'
export type { Database } from './database.ts'
export type { TextMaker } from './engines/driver.ts'
export { DatabaseRefused, DatabaseUnavailable, isDenied } from './engines/errors.ts'
export { lowerPriority } from './engines/lower-priority.js'
export { isPostgres } from './engines/of-url.ts'
export * from './look/index.ts'
export {
  findFirstDay,
  findOpenScopes,
  findPurchase,
  type HeldOrder,
  holdsEntitlement,
  type OpenPurchase,
  type Window,
} from './queries/access.ts'
export { type Action, type ActionRow, findActions, findActionsOn, recordAction } from './queries/actions.ts'
export * from './queries/backups.ts'
export { ensureBuyer, findBuyer } from './queries/buyers.ts'
export { updateLimits } from './queries/coupon-limits.ts'
export { type CouponUse, isUseLeft, NoUseLeft } from './queries/coupon-uses.ts'
export { spendForm } from './queries/desk-forms.ts'
export { type DeskLink, isLinkGood, storeDeskLink } from './queries/desk-links.ts'
export * from './queries/desk-sessions.ts'
export * from './queries/earlier-addresses.ts'
export { forgetEndedUses } from './queries/ended-uses.ts'
export type { Verdict, VerifiedEvent } from './queries/events.ts'
export {
  type ExportedOrder,
  type ExportedPayment,
  type ExportedRefund,
  findOrdersToExport,
} from './queries/exports.ts'
export * from './queries/for-alerts.ts'
export * from './queries/for-api.ts'
export * from './queries/for-desk.ts'
export * from './queries/for-doctor.ts'
export * from './queries/for-summaries.ts'
export { findFreeOrder, storeFreeOrder } from './queries/free-orders.ts'
export { holdsProduct } from './queries/held-products.ts'
export * from './queries/honours.ts'
export { idsFrom, newId } from './queries/ids.ts'
export {
  findIntentTerms,
  findUnpaidIntents,
  type IntentTerms,
  type OlderOrders,
  type RecordedOffer,
  recordOffer,
  recordRefusal,
} from './queries/intents.ts'
export type { ListedOrder } from './queries/listed-order.ts'
export { countAlerts, countPolledIntents, findNextPoll } from './queries/measures.ts'
export { issueLink, type LinkOutcome } from './queries/merchant-links.ts'
export { findNewestTime } from './queries/newest.ts'
export {
  findEarlierOrder,
  findOpenOrder,
  type Grant,
  type Moment,
  type OpenOrder,
  type OrderTerms,
  replaceIntent,
} from './queries/open-orders.ts'
export type { OrderFilter, OrderPlace } from './queries/order-filter.ts'
export * from './queries/order-list.ts'
export { type OrderPayment, refundsOf } from './queries/order-payments.ts'
export type { OrderState } from './queries/order-states.ts'
export { type NewOrder, reopenOrder, storeOrder } from './queries/orders.ts'
export { ping } from './queries/ping.ts'
export {
  bringMisdatedForward,
  bringPollsForward,
  bringPollToFront,
  claimDuePolls,
  type PollStage,
  pollAtFullPace,
  repeatPoll,
} from './queries/poll.ts'
export { denyPayment, findProof } from './queries/proof.ts'
export { findHeldOrder, findPurchases } from './queries/purchases.ts'
export * from './queries/redemptions.ts'
export { type Refund, recordRefund } from './queries/refunds.ts'
export { restoreAccess, revokeAccess } from './queries/revocations.ts'
export {
  endpointOf,
  productOf,
  SCOPE_OF_ALL,
  scopeOfEndpoint,
  scopeOfProduct,
  scopeOfTag,
  tagOf,
} from './queries/scopes.ts'
export { recordSeller } from './queries/sellers.ts'
export { type Settlement, settleByEvent, settleByStatus } from './queries/settle.ts'
export { shrinkEnded } from './queries/shrink-ended.ts'
export { recordFirstStep } from './queries/steps.ts'

interface DatabaseOptions {
  /** `sqlite:path/to/file.db` or `postgres://user:password@host/database` */
  url: string
  mode: Mode
  /** Whether what happens is announced in the outbox. Default: it isn’t, and no unit of work is longer for it */
  alerts?: boolean
  /** Whether it may be created, and migrations may run. Default: yes; otherwise a database that isn’t there, or needs them, is refused */
  upgrades?: boolean
  /** Milliseconds since 1970 */
  now?: () => number
  /** Called before an existing database is upgraded by these migrations: with many orders, that takes minutes */
  onUpgrade?: (migrations: string[]) => void
  /** Called with what the merchant should know about the database, also later on */
  onWarning?: (message: string) => void
}

/**
 * Opens the shop's database and brings its schema up to date. Throws DatabaseRefused, DatabaseUnavailable.
 *
 * What must happen together is one unit of work, inside a function that takes the database; some run several in a row. What such a
 * function has written is durable when it resolves; all throw DatabaseUnavailable.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const destinations = new Set<string>()
  const migrations = new Set(readMigrations().map(({ sha256 }) => sha256)) // now, since an update may replace the files
  const driver = await openDriver(options, () => destinations.clear())
  const database: Database = {
    ...driver,
    read: (sql, parameters) => countError(database, 'read', driver.read(sql, parameters)),
    write: (statements, parameters) => countError(database, 'write', driver.write(statements, parameters)),
    instance: randomUUID(),
    alerts: options.alerts ?? false,
    destinations,
    migrations,
    errors: { read: 0, write: 0 },
    lastingFailure: undefined,
  }
  return database
}

/** Returns the work as it is, so that its caller waits no longer. */
function countError<T>(database: Database, kind: 'read' | 'write', work: Promise<T>): Promise<T> {
  work.catch((error) => {
    database.errors[kind]++
    if (kind === 'write' && error instanceof DatabaseUnavailable && error.isLasting)
      database.lastingFailure = { error, at: performance.now() }
  })
  return work
}

/** Returns where a database is, for people: the file's whole path, or server and name without user and password. */
export function locateDatabase(url: string): string {
  if (!isPostgres(url)) return resolve(url.replace(/^sqlite:/, ''))
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** Calls `onOpening` also when a file that was replaced is opened again. */
async function openDriver(
  { url, now = Date.now, upgrades = true, onWarning, ...options }: DatabaseOptions,
  onOpening: () => void,
): Promise<Driver> {
  const prepare = (database: Preparation) => {
    onOpening()
    return upgrades ? migrate(database, { ...options, now: now() }) : assertUpToDate(database, options.mode)
  }
  try {
    // Imported on demand, so that only the engine in use takes memory.
    if (isPostgres(url))
      return await (await import('./engines/postgres/index.ts')).openPostgres(url, prepare, onWarning)
    return await (await import('./engines/sqlite/index.ts')).openSqlite(
      url.replace(/^sqlite:/, ''),
      prepare,
      {
        mustExist: !upgrades,
      },
    )
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof DatabaseUnavailable) throw error
    throw new DatabaseRefused(
      `The database ${locateDatabase(url)} cannot be brought up to date: ${(error as Error).message}`,
      { cause: error },
    )
  }
}
