import { formatMoney } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import type { Product } from './product.ts'

/**
 * Returns the product at the price that this order has: the chosen amount, where the buyer chooses it, and otherwise the
 * price of the catalogue. Throws request-invalid for an amount that is missing, out of range, or not the buyer's to choose.
 */
export function atChosenPrice(product: Product, hundredths: number | undefined): Product {
  const { choice, price, title } = product
  if (!choice) {
    if (hundredths === undefined) return product
    throw new ShopError('request-invalid', (t) => t.amountNotWanted(title))
  }
  if (hundredths === undefined || hundredths < choice.from || hundredths > choice.to) {
    const { from, to } = choice
    const shown = [from, to].map((limit) => formatMoney({ ...price, hundredths: limit }))
    throw new ShopError('request-invalid', (t) => t.amountOutside(title, from, to, shown))
  }
  return { ...product, price: { ...price, hundredths } }
}
