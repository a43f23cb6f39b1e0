import type { Product } from '../../catalog/index.ts'
import { startOf } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import { DAY_MS } from '../../time.ts'

/** Returns when a product was written or last changed. Its own date begins with that day in the shop's time zone. */
export function changedAt({ config }: Pick<Shop, 'config'>, { date, updatedAt }: Product): number {
  return date === undefined ? updatedAt : startOf(date / DAY_MS, config.timeZone)
}
