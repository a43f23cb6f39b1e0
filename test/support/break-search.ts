import { listProducts } from '../../server/catalog/index.ts'
import type { TestShop } from './shop.ts'

/** Makes the shop's search fail once it has been counted, until the returned function is called. */
export function breakSearch({ shop }: TestShop, onCall = () => {}): () => void {
  const products = listProducts(shop.catalog)
  const summaries = products.map(({ summary }) => summary)
  for (const product of products)
    Object.defineProperty(product, 'summary', {
      get() {
        onCall()
        throw new Error('broken')
      },
      configurable: true,
    })
  return () => {
    for (const [index, product] of products.entries())
      Object.defineProperty(product, 'summary', { value: summaries[index], configurable: true })
  }
}
