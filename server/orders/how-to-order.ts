import { asPriced, type Coupon, type Product } from '../catalog/index.ts'

/**
 * What a program needs in order to buy a product: its price, the order, and the request that looks at it until it is paid. Such a
 * look brings a payment whose webhook is late.
 */
export function howToOrder(product: Product) {
  const { slug, title, price, choice } = product
  const body = { product: slug, ...(choice && { hundredths: price.hundredths }) }
  return {
    product: slug,
    title,
    ...asPriced(product),
    order: { method: 'POST', path: '/create-intent', body },
    state: { method: 'GET', path: '/intents/{id}' },
  }
}

/** The request that orders a product which this coupon makes free, in the currency of its price. */
export function howToOrderFree({ slug, price }: Product, { code }: Coupon) {
  const body = { product: slug, currency: price.currency, coupon: code }
  return { method: 'POST', path: '/orders', body }
}
