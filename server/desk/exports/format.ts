import type { ExportedOrder } from '../../../db/index.ts'
import type { Config } from '../../config/index.ts'

/** How orders are written into a file. */
export interface Format {
  /** Begins a file: what comes before the orders, and what writes one of them, each with the line breaks it needs. */
  begin(setting: Setting): { head: string; write(order: ExportedOrder): string }
}

/** What a file depends on besides the orders. */
export type Setting = Pick<Config, 'mode' | 'timeZone' | 'journalAccounts'> & Days

/** The instants from and before which payments and refunds are written, where a file chooses those. */
export interface Days {
  transactionsFrom?: number | undefined
  transactionsBefore?: number | undefined
}
