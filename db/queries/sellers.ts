import type { Database } from '../database.ts'

/** Who sold from an instant on, in milliseconds since 1970: as JSON, `null` for nobody. */
export interface NamedSeller {
  namedAt: number
  seller: string
}

// A clock that was set back must not put the newest before the others.
const ADD_SELLER = `
  INSERT INTO sellers (named_at, seller)
  SELECT CASE WHEN newest.named_at >= CAST(@now AS BIGINT) THEN newest.named_at + 1 ELSE CAST(@now AS BIGINT) END,
    CAST(@seller AS TEXT)
  FROM (SELECT MAX(named_at) AS named_at FROM sellers) AS newest
  WHERE CAST(@seller AS TEXT) <> COALESCE((SELECT seller FROM sellers ORDER BY named_at DESC LIMIT 1), 'null')
  ON CONFLICT (named_at) DO NOTHING`

const FIND_SELLERS = `
  SELECT named_at, seller
  FROM sellers
  ORDER BY named_at`

/** Records who sells, unless that was so already, and returns all who did, the earliest first. */
export async function recordSeller(db: Database, seller: string, now: number): Promise<NamedSeller[]> {
  const [, rows] = await db.write([ADD_SELLER, FIND_SELLERS], { seller, now })
  return (rows ?? []).map((row) => ({ namedAt: Number(row.named_at), seller: row.seller as string }))
}
