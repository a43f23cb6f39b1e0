import { lookAtGoods, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { howToOrder } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { noProduct } from './no-product.ts'

/** Throws product-not-found or product-withdrawn if it isn't for sale, and product-unavailable while it can't be delivered. */
export async function assertForSale(shop: Shop, product: Product): Promise<void> {
  assertShown(shop, product)
  if (product.status === 'withdrawn') throw withdrawn(product)
  await assertAvailable(shop, product)
}

/** Says to a visitor who hasn't bought the product that it is for sale, or was. */
export function notBought(product: Product): ShopError {
  const { status, title, slug } = product
  if (status === 'withdrawn') return withdrawn(product)
  return new ShopError('payment-required', (t) => t.forSale(title, `/products/${slug}`), {
    members: { offers: [howToOrder(product)] },
  })
}

function withdrawn({ title }: Product): ShopError {
  return new ShopError('product-withdrawn', (t) => t.withdrawn(title))
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
