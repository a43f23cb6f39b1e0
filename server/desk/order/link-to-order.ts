import { languageOfTitle } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'

/** A link to an order's page, which has the order's title in the language of its product. */
export interface OrderLink {
  href: string
  title: string
  lang: string
}

/** Returns what leads from a form back to its order. */
export function linkToOrder(
  { catalog }: Pick<Shop, 'catalog'>,
  { id, product, title }: { id: string; product: string; title: string },
): OrderLink {
  return { href: `/desk/orders/${id}`, title, lang: languageOfTitle(catalog, product) }
}
