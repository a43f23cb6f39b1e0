import type { Request } from 'express'
import { asOffer, listProducts, lookAtListed, type Product } from '../catalog/index.ts'
import { countCharacters } from '../count-of.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'

const LONGEST_QUERY = 100 // characters
const MOST_RESULTS = 20

/** Reads a search of what everybody may read of the catalogue: `GET /api/search?q=bread`. Throws request-invalid. */
export function readSearch({ query }: Request) {
  const words = readWords(query.q)
  return (shop: Shop) => search(shop, words)
}

function readWords(q: unknown): string[] {
  const words = typeof q === 'string' ? fold(q).split(/\s+/).filter(Boolean) : []
  if (words.length === 0 || countCharacters(String(q)) > LONGEST_QUERY)
    throw new ShopError('request-invalid', (t) => t.searchForm(LONGEST_QUERY), {
      members: { errors: [{ field: 'q', reason: q === undefined ? 'missing' : 'invalid' }] },
    })
  return words
}

/** Finds the products whose title, summary or preview contains each word, at most twenty, in the order of the storefront. */
async function search({ catalog, config }: Shop, words: string[]): Promise<object> {
  const found = listProducts(catalog).filter((product) =>
    words.every((word) => textOf(product).includes(word)),
  )
  const results = found.slice(0, MOST_RESULTS).map(async (product) => ({
    ...asOffer(product, await lookAtListed(catalog, product)),
    summary: product.summary,
    url: `${config.url()}/products/${product.slug}`,
  }))
  return { query: words.join(' '), found: found.length, results: await Promise.all(results) }
}

const texts = new WeakMap<Product, string>()

function textOf(product: Product): string {
  const { title, summary, previewText } = product
  const known = texts.get(product) ?? fold(`${title}\n${summary}\n${previewText}`)
  texts.set(product, known)
  return known
}

/** Makes alike what readers take for the same: letters of either case, and quotes, which the catalogue curls in English. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„]/g, '"')
}
