import type { Database } from '../database.ts'
import { IDS_WITHOUT_TIME } from './ids.ts'
import { NEWEST_PAYMENT_AT } from './newest.ts'

/** Who sold from an instant on, in milliseconds since 1970: as JSON, `null` for nobody. */
export interface NamedSeller {
  namedAt: number
  seller: string
}

// What a clock that was ahead has recorded is still to come, and would hide who sells now. Rows that receipts need stay, so that a
// clock that is behind, as some are at a start, forgets none of them.
const FORGET_COMING = `
  DELETE FROM sellers
  WHERE named_at > CAST(@now AS BIGINT) AND named_at > COALESCE(${NEWEST_PAYMENT_AT}, 0)`

const ADD_SELLER = `
  INSERT INTO sellers (named_at, seller)
  SELECT CAST(@now AS BIGINT), CAST(@seller AS TEXT)
  WHERE CAST(@seller AS TEXT) <> COALESCE(
    (SELECT seller FROM sellers WHERE named_at <= CAST(@now AS BIGINT) ORDER BY named_at DESC LIMIT 1), 'null')
  ON CONFLICT (named_at) DO UPDATE SET seller = excluded.seller`

const FIND_SELLERS = `
  SELECT named_at, seller
  FROM sellers
  ORDER BY named_at`

/** Records who sells, unless that is so already, and returns all who did, the earliest first. */
export async function recordSeller(db: Database, seller: string, now: number): Promise<NamedSeller[]> {
  const params = { seller, now, idsWithoutTime: IDS_WITHOUT_TIME }
  const [, , rows] = await db.write([FORGET_COMING, ADD_SELLER, FIND_SELLERS], params)
  return (rows ?? []).map((row) => ({ namedAt: Number(row.named_at), seller: row.seller as string }))
}
