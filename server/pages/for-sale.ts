import { lookAtGoods, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { noProduct } from './no-product.ts'

/** Throws product-not-found or product-withdrawn if it isn't for sale, and product-unavailable while it can't be delivered. */
export async function assertForSale(shop: Shop, product: Product): Promise<void> {
  assertShown(shop, product)
  if (product.status === 'withdrawn')
    throw new ShopError('product-withdrawn', (t) => t.withdrawn(product.title))
  await assertAvailable(shop, product)
}

/** Throws product-unavailable while the product's file can't be delivered. */
export async function assertAvailable({ catalog }: Shop, product: Product): Promise<void> {
  if (await lookAtGoods(catalog, product)) return
  throw new ShopError('product-unavailable', (t) => t.fileMissing(product.title))
}

/** A draft is there for those who have bought it before it became one, and for nobody else. Throws product-not-found. */
export function assertShown(shop: Shop, { slug, status }: Product): void {
  if (status === 'draft') throw noProduct(shop, slug)
}
