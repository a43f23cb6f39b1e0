import { buyerQueries } from './buyers.ts'
import type { Driver } from './driver.ts'
import { entitlementQueries } from './entitlements.ts'
import { DatabaseRefused } from './errors.ts'
import { holderQueries } from './holders.ts'
import { type Mode, migrate } from './migrate.ts'
import { orderQueries } from './orders.ts'
import { paymentQueries } from './payments.ts'
import { openSqlite } from './sqlite.ts'

export { DatabaseRefused, DatabaseUnavailable } from './errors.ts'
export type { HeldOrder, Redemption } from './holders.ts'
export type { Mode } from './migrate.ts'
export type { NewOrder, Order } from './orders.ts'
export type { Outcome, PaymentEvent } from './payments.ts'

// The value changes: SQLite skips a write that wouldn't change anything.
const PING = `
  INSERT INTO meta (key, value)
  VALUES ('pinged_at', @now)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`

export type Database = Awaited<ReturnType<typeof openDatabase>>

/**
 * Opens the shop's database, brings its schema up to date, and answers with everything that can be asked of it.
 * Every function is one unit of work, durable when it resolves; all throw DatabaseUnavailable.
 * `url`: `sqlite:path/to/file.db` or `sqlite::memory:`. Throws DatabaseRefused.
 */
export async function openDatabase({ url, mode }: { url: string; mode: Mode }) {
  const driver = openDriver(url, mode)
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

function openDriver(url: string, mode: Mode): Driver {
  return openSqlite(url.replace(/^sqlite:/, ''), (connection) => {
    try {
      migrate(connection, mode)
    } catch (error) {
      if (error instanceof DatabaseRefused) throw error
      throw new DatabaseRefused(`The database cannot be brought up to date: ${(error as Error).message}`, {
        cause: error,
      })
    }
  })
}
