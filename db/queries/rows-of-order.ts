import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'

const MOST = 200 // of a kind: the first ones. More than any order has that isn't an attack

/** Reads rows about one order by a statement with the parameters @order and @limit. */
export async function readRowsOf<T>(
  db: Database,
  order: string,
  statement: string,
  toFact: (row: Row) => T,
): Promise<T[]> {
  return (await db.read(statement, { order, limit: MOST })).map(toFact)
}
