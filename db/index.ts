import { buyerQueries } from './buyers.ts'
import type { Driver, Preparation } from './engines/driver.ts'
import { DatabaseRefused, DatabaseUnavailable } from './engines/errors.ts'
import { type Mode, migrate } from './engines/migrate.ts'
import { entitlementQueries } from './entitlements.ts'
import { holderQueries } from './holders.ts'
import { orderQueries } from './orders.ts'
import { paymentQueries } from './payments.ts'

export { DatabaseRefused, DatabaseUnavailable } from './engines/errors.ts'
export type { HeldOrder, Redemption } from './holders.ts'
export type { NewOrder, Order } from './orders.ts'
export type { Outcome, PaymentEvent } from './payments.ts'

// The value changes: SQLite skips a write that wouldn't change anything.
const PING = `
  INSERT INTO meta (key, value)
  VALUES ('pinged_at', @now)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`

export type Database = Awaited<ReturnType<typeof openDatabase>>

interface DatabaseOptions {
  /** `sqlite:path/to/file.db` or `postgres://user:password@host/database` */
  url: string
  mode: Mode
  /** Milliseconds since 1970 */
  now?: () => number
}

/**
 * Opens the shop's database, brings its schema up to date, and answers with everything that can be asked of it.
 * Every function is one unit of work, durable when it resolves; all throw DatabaseUnavailable.
 * Throws DatabaseRefused.
 */
export async function openDatabase({ url, mode, now = Date.now }: DatabaseOptions) {
  const driver = await openDriver({ url, mode, now })
  return {
    ...buyerQueries(driver),
    ...orderQueries(driver),
    ...paymentQueries(driver),
    ...holderQueries(driver),
    ...entitlementQueries(driver),
    /** Writes something, since a full or read-only disk can still be read. Throws DatabaseUnavailable. */
    ping: async (now: number): Promise<void> => {
      await driver.write([PING], { now: String(now) })
    },
    close: () => driver.close(),
  }
}

async function openDriver({ url, mode, now }: Required<DatabaseOptions>): Promise<Driver> {
  const prepare = (database: Preparation) => migrate(database, { mode, now: now() })
  try {
    // Imported on demand, so that only the engine in use takes memory.
    if (/^postgres(ql)?:/.test(url))
      return await (await import('./engines/postgres/index.ts')).openPostgres(url, prepare)
    return await (await import('./engines/sqlite/index.ts')).openSqlite(url.replace(/^sqlite:/, ''), prepare)
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof DatabaseUnavailable) throw error
    throw new DatabaseRefused(`The database cannot be brought up to date: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
