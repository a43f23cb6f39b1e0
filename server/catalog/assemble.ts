import { suggest } from './explain-fields.ts'
import { explainGivenAway, explainTwin, Fault } from './fault.ts'
import { kindOf } from './kinds/index.ts'
import { byName } from './markdown-files.ts'
import type { ParsedProduct } from './parse-product.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import type { ProductFile, ProductFiles } from './product-files.ts'
import { placeOf } from './slug.ts'

/** Everything that the shop sells, for looking things up. */
export interface Contents {
  /** In the order of their files' names */
  products: readonly Product[]
  bySlug: ReadonlyMap<string, Product>
  paid: Map<string, PaidContent>
  pictures: ReadonlyMap<string, Picture>
}

/** What has been claimed so far, and by which file: slugs, and files that are either shown or sold. */
type Taken = Record<'slugs' | 'shown' | 'sold', Map<string, string>>

/**
 * Puts the products of all files together. A new version that conflicts with another product gets a fault, and the good
 * version before it stays in use. Versions that were in use already come first, so a conflict is always the newcomer's; of
 * newcomers, those that are called like their slugs, and then those with shorter names. `shown`: real paths of the files that the
 * shop shows besides.
 */
export function assemble(files: ProductFiles, shown: ReadonlySet<string>): Contents {
  const sorted = [...files].sort(([one], [other]) => byName(one, other))
  const shownBesides = [...shown].map((path) => [path, 'shop.yaml or a page'] as const)
  const taken: Taken = { slugs: new Map(), shown: new Map(shownBesides), sold: new Map() }
  for (const [name, { fresh, good }] of sorted) if (!fresh && good) take(taken, name, good)
  const inOrder = sorted.map(([, file]) => file)
  rejectEmptyPasses(inOrder, 'fresh')
  const place = ([name, { slug }]: [string, ProductFile]) => placeOf(name, slug)
  for (const [name, file] of sorted.toSorted((one, other) => place(one) - place(other))) {
    if (!file.fresh) continue
    file.fault = findConflict(taken, file.fresh)
    if (!file.fault) file.good = file.fresh
    else if (file.good && findConflict(taken, file.good)) file.good = undefined
    if (file.good) take(taken, name, file.good)
    file.fresh = undefined
  }
  rejectEmptyPasses(inOrder, 'good')
  return contentsOf(inOrder.flatMap(({ good }) => good ?? []))
}

/**
 * Nobody must pay for a pass that opens nothing, such as one whose tag has a typo. A fresh version gives way to the one before;
 * a good one, to whose tag nothing belongs any more, is not for sale.
 */
function rejectEmptyPasses(files: readonly ProductFile[], version: 'fresh' | 'good'): void {
  const products = files
    .flatMap(({ fresh, good }) => (fresh ?? good)?.product ?? [])
    .filter(({ status }) => status !== 'draft')
  const tags = new Set(products.flatMap((each) => (kindOf(each).isOpenedByPasses ? each.tags : [])))
  for (const file of files) {
    const parsed = file[version]
    const tag = parsed?.product.opens?.tag
    if (!parsed || tag === undefined || tags.has(tag) || parsed.product.status === 'draft') continue
    const near = suggest(tag, [...tags])
    file.fault ??= new Fault(
      parsed.opensLine,
      `opens: nothing that a pass can open has the tag ${tag}${near}`,
    )
    file[version] = undefined
  }
}

function findConflict({ slugs, shown, sold }: Taken, parsed: ParsedProduct): Fault | undefined {
  const { slugLine, product } = parsed
  const twin = slugs.get(product.slug)
  if (twin !== undefined) return new Fault(slugLine, explainTwin(twin, product.slug))
  const own = new Map(parsed.sells.map(({ path }) => [path, 'this product']))
  for (const { path, line } of parsed.shows) {
    const seller = sold.get(path) ?? own.get(path)
    if (seller !== undefined) return new Fault(line, explainGivenAway(seller))
  }
  for (const { path, line } of parsed.sells) {
    const place = shown.get(path)
    if (place !== undefined)
      return new Fault(line, `${place} shows this file as a picture, so everybody can see it`)
  }
  return undefined
}

function take({ slugs, shown, sold }: Taken, name: string, parsed: ParsedProduct): void {
  slugs.set(parsed.product.slug, name)
  for (const { path } of parsed.shows) shown.set(path, name)
  for (const { path } of parsed.sells) sold.set(path, name)
}

function contentsOf(all: ParsedProduct[]): Contents {
  const pictures = all.flatMap((parsed) => parsed.pictures)
  return {
    products: all.map(({ product }) => product),
    bySlug: new Map(all.map(({ product }) => [product.slug, product])),
    paid: new Map(all.map(({ product: { slug }, paid }) => [slug, paid])),
    pictures: new Map(pictures.map((picture) => [picture.name, picture])),
  }
}
