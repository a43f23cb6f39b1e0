import { findOrdersToExport, type OrderFilter, type OrderPlace, type TextMaker } from '../../../db/index.ts'
import { csv } from './csv.ts'
import type { Format, Setting } from './format.ts'
import { journal } from './journal.ts'
import { jsonLines } from './json-lines.ts'
import { transactions } from './transactions.ts'

/** The files that are exported, by their names. */
export type ExportedFile = 'orders.csv' | 'orders.jsonl' | 'orders.journal' | 'transactions.csv'

const formats: Record<ExportedFile, Format> = {
  'orders.csv': csv,
  'orders.jsonl': jsonLines,
  'orders.journal': journal,
  'transactions.csv': transactions,
}

/** What is exported, and how. It can be sent to another thread. */
export interface Export {
  file: ExportedFile
  setting: Setting
  filter: OrderFilter
  /** The orders that come after this one in the list, or all of them */
  after: OrderPlace | undefined
  /** What happened at this instant or later isn't exported */
  until: number
  /** How many orders are read for a page at most, of which few may match */
  read: number
}

/**
 * Writes a file page by page, perhaps with empty ones where nothing matches. Each page is read when it is asked for. This module
 * runs on a thread of its own where reads would make the shop wait: see streamText.
 */
const writeOrders: TextMaker<Export> = async function* (db, { file, setting, filter, after, ...limits }) {
  const { head, write } = formats[file].begin(setting)
  const before = Math.min(filter.before ?? limits.until, limits.until)
  let place = after
  let text = head
  do {
    const page = await findOrdersToExport(db, { ...filter, before }, place, limits)
    yield text + page.orders.map(write).join('')
    text = ''
    place = page.next
  } while (place)
}

export default writeOrders
