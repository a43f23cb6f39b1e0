import type { Database } from '../database.ts'
import { numberOf } from './columns.ts'

const READ_AT_ONCE = 1_000

const FIND_LIMITS = `
  SELECT code, uses
  FROM coupons
  WHERE code > @after
  ORDER BY code
  LIMIT ${READ_AT_ONCE}`

const SET_LIMIT = `
  UPDATE coupons
  SET uses = CAST(@uses AS BIGINT)
  WHERE code = @code`

/**
 * Brings what is stored of coupons that were used up to these limits, undefined for none: a payment that comes late is judged by
 * what is stored. Others stay as they are.
 */
export async function updateLimits(
  db: Database,
  limits: ReadonlyMap<string, { uses: number | undefined }>,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const stored = await db.read(FIND_LIMITS, { after })
    for (const { code, uses } of stored) {
      const coupon = limits.get(String(code))
      if (coupon && coupon.uses !== numberOf(uses))
        await db.write([SET_LIMIT], { code: String(code), uses: coupon.uses ?? null })
    }
    after = stored.length < READ_AT_ONCE ? undefined : String(stored.at(-1)?.code)
  }
}
