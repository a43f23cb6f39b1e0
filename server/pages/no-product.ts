import type { Request } from 'express'
import { holdsProduct } from '../access/index.ts'
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

/** The same for a visitor, who must not read that there is no product if they bought it before its file was gone. */
export async function getVisited(shop: Shop, req: Request, slug: string): Promise<Product> {
  const product = findProduct(shop.catalog, slug)
  if (product) return product
  if (!isFaulty(shop.catalog, slug) && (await holdsProduct(shop, req, slug)))
    throw new ShopError('product-unavailable', (t) => t.fileMissing(slug))
  throw noProduct(shop, slug)
}
