import { SCOPE_OF_ALL, scopeOfTag } from '../../../db/index.ts'
import type { Product } from '../product.ts'
import { api } from './api.ts'
import { article } from './article.ts'
import { donation } from './donation.ts'
import { download } from './download.ts'
import type { Kind } from './kind.ts'
import { pass } from './pass.ts'

export type { Endpoint } from './api.ts'
export type { Goods, Kind, ProductFile } from './kind.ts'
export { anyPrice, day, language, line, lineUpTo, NOT_TEXT, tag, textField } from './rules.ts'

/** The kinds of goods that this shop can sell. To add one, write a file like donation.ts, and add it to this list. */
export const kinds: readonly Kind[] = [article, download, donation, pass, api]

export function findKind(name: unknown): Kind | undefined {
  return kinds.find((kind) => kind.name === name)
}

/** Returns a product's kind. Throws TypeError for a product that no product file describes. */
export function kindOf({ slug, kind: name }: Product): Kind {
  const kind = findKind(name)
  if (!kind) throw new TypeError(`${slug} is of an unknown kind: ${name}`)
  return kind
}

/**
 * The scopes of which a buyer needs one to get what is paid for: those that the product gives itself, and those of passes. A
 * pass goes on opening what was withdrawn; a draft is for its own buyers only.
 */
export function scopesOf(product: Product): readonly string[] {
  const known = scopes.get(product) ?? findScopes(product)
  scopes.set(product, known)
  return known
}

/** The scopes of which a buyer needs one to get everything that has a tag. */
export const scopesOfTag = (tag: string): readonly string[] => [scopeOfTag(tag), SCOPE_OF_ALL]

/** The scopes of which each gives everything that the product gives: of a pass for a tag, also that of everything. */
export function coversOf(product: Product): readonly string[] {
  const { opens } = product
  return opens?.tag === undefined ? scopesOf(product) : scopesOfTag(opens.tag)
}

const scopes = new WeakMap<Product, readonly string[]>() // every page of a product asks for them

function findScopes(product: Product): readonly string[] {
  const { grants, isOpenedByPasses } = kindOf(product)
  const own = grants(product).map(({ scope }) => scope)
  return isOpenedByPasses && product.status !== 'draft'
    ? [...own, ...product.tags.map(scopeOfTag), SCOPE_OF_ALL]
    : own
}
