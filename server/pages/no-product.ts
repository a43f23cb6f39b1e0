import { findProduct, isFaulty, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'

/** Says why there is no such product: while its file merely has a fault, its buyers must not read that it is gone. */
export function noProduct({ catalog }: Pick<Shop, 'catalog'>, slug: string): ShopError {
  return isFaulty(catalog, slug)
    ? new ShopError('product-unavailable', (t) => t.faulty(slug))
    : new ShopError('product-not-found', (t) => t.noProduct(slug))
}

/** Returns the product at this slug. Throws product-not-found, product-unavailable. */
export function getProduct({ catalog }: Pick<Shop, 'catalog'>, slug: string): Product {
  const product = findProduct(catalog, slug)
  if (!product) throw noProduct({ catalog }, slug)
  return product
}
