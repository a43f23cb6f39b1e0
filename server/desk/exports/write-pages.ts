import { findOrdersToExport, type OrderFilter, type OrderPlace } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import type { Format } from './format.ts'

const READ = 2_000 // orders for a page, of which few may match: some 20 ms of a thread that nobody waits for

/** What is exported, and how. */
export interface Export {
  format: Format
  filter: OrderFilter
  /** The orders that come after this one in the list, or all of them */
  after: OrderPlace | undefined
  /** What happened at this instant or later isn't exported */
  until: number
}

/**
 * Writes a file page by page, perhaps with empty ones where nothing matches. Each page is read when it is asked for, with reads
 * of its own, so that no snapshot of the database stays open. Throws request-invalid, DatabaseUnavailable.
 */
export async function* writePages({ db, config }: Shop, wanted: Export): AsyncGenerator<string, void> {
  const { head, write } = wanted.format.begin(config)
  const limits = { read: READ, until: wanted.until }
  const filter = { ...wanted.filter, before: Math.min(wanted.filter.before ?? wanted.until, wanted.until) }
  const reader = await db.openReader()
  try {
    let after = wanted.after
    let text = head
    do {
      const page = await findOrdersToExport(reader, filter, after, limits)
      if (page.isCutShort && !page.next) throw new ShopError('request-invalid', (t) => t.exportSearch())
      yield text + page.orders.map(write).join('')
      text = ''
      after = page.next
    } while (after)
  } finally {
    await reader.close()
  }
}
