import { updateLimits } from '../../db/index.ts'
import type { Shop } from '../shop.ts'

/**
 * Stores the limits of coupons, if `coupons.yaml` was read since they were stored last. Orders store theirs as well, but a payment may
 * come before the next order. Throws what the database throws.
 */
export async function storeLimits({ catalog, db, polling }: Shop): Promise<void> {
  const { good } = catalog.coupons
  if (good === polling.limitsStored) return
  await updateLimits(db, good)
  polling.limitsStored = good
}
