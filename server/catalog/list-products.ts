import type { Contents } from './assemble.ts'
import type { Product } from './product.ts'
import type { Catalog } from './read-catalog.ts'

interface Listed {
  order: readonly string[]
  all: readonly Product[]
  sold: readonly Product[]
  tags: ReadonlySet<string>
}

const LAST = Number.MAX_SAFE_INTEGER // for products without an order
const UNDATED = Number.MIN_SAFE_INTEGER

// Until the catalogue is read again, or `shop.yaml` names another order.
const listed = new WeakMap<Contents, Listed>()

/** The products for sale, in the order of the storefront: see listAll. */
export function listProducts(catalog: Catalog): readonly Product[] {
  return list(catalog).sold
}

/**
 * All products, also drafts and those that have been withdrawn. First come those that `shop.yaml` names. If it names none,
 * the products decide: by their `order`, then the newest `date`, then their files' names.
 */
export function listAll(catalog: Catalog): readonly Product[] {
  return list(catalog).all
}

/** The tags that have a page: those of products for sale, also the one that a pass opens. */
export function listTags(catalog: Catalog): ReadonlySet<string> {
  return list(catalog).tags
}

/** Those of a product, whether it is for sale or not. */
export function listTagsOf(catalog: Catalog, product: Product): string[] {
  return [...new Set(tagsOf(product))].filter((tag) => listTags(catalog).has(tag))
}

function tagsOf({ tags, opens }: Product): string[] {
  return opens?.tag === undefined ? [...tags] : [...tags, opens.tag]
}

function list({ contents, identity }: Catalog): Listed {
  const order = identity.good?.order ?? []
  const known = listed.get(contents)
  if (known?.order === order) return known
  const all = order.length > 0 ? inOrder(contents, order) : contents.products.toSorted(byOwnOrder)
  const sold = all.filter(({ status }) => status === 'sold')
  const fresh = { order, all, sold, tags: new Set(sold.flatMap(tagsOf)) }
  listed.set(contents, fresh)
  return fresh
}

function inOrder({ products, bySlug }: Contents, order: readonly string[]): Product[] {
  const first = new Set(order.flatMap((slug) => bySlug.get(slug) ?? []))
  return [...first, ...products.filter((product) => !first.has(product))]
}

/** Sorting is stable, so equal ones stay in the order of their files' names. */
function byOwnOrder(one: Product, other: Product): number {
  return (one.order ?? LAST) - (other.order ?? LAST) || (other.date ?? UNDATED) - (one.date ?? UNDATED)
}
