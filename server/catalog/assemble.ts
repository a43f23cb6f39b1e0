import { suggest } from './explain-fields.ts'
import { Fault } from './fault.ts'
import { kindOf } from './kinds/index.ts'
import type { ParsedProduct } from './parse-product.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import type { ProductFile, ProductFiles } from './product-files.ts'

/** Everything that the shop sells, for looking things up. */
export interface Contents {
  /** In the order of their files' names */
  products: readonly Product[]
  bySlug: ReadonlyMap<string, Product>
  paid: Map<string, PaidContent>
  pictures: ReadonlyMap<string, Picture>
}

/** What the products accepted so far have claimed: slugs, and files that are either shown or sold. */
interface Taken {
  slugs: Set<string>
  shown: Set<string>
  sold: Set<string>
}

/**
 * Puts the products of all files together. A new version that conflicts with another product gets a fault, and the good
 * version before it stays in use. Versions that were in use already come first, so a conflict is always the newcomer's.
 * `shown`: real paths of the files that the shop shows besides.
 */
export function assemble(files: ProductFiles, shown: ReadonlySet<string>): Contents {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, file]) => file)
  const taken: Taken = { slugs: new Set(), shown: new Set(shown), sold: new Set() }
  for (const { fresh, good } of sorted) if (!fresh && good) take(taken, good)
  for (const file of sorted) {
    if (!file.fresh) continue
    file.fault = findConflict(taken, file.fresh)
    if (!file.fault) file.good = file.fresh
    else if (file.good && findConflict(taken, file.good)) file.good = undefined
    if (file.good) take(taken, file.good)
    file.fresh = undefined
  }
  rejectEmptyPasses(sorted)
  return contentsOf(sorted.flatMap(({ good }) => good ?? []))
}

/** Nobody must pay for a pass that opens nothing, such as one whose tag has a typo. */
function rejectEmptyPasses(files: readonly ProductFile[]): void {
  const products = files.flatMap(({ good }) => good?.product ?? []).filter(({ status }) => status !== 'draft')
  const tags = new Set(products.flatMap((each) => (kindOf(each).isOpenedByPasses ? each.tags : [])))
  for (const file of files) {
    const tag = file.good?.product.opens?.tag
    if (!file.good || tag === undefined || tags.has(tag) || file.good.product.status === 'draft') continue
    const near = suggest(tag, [...tags])
    file.fault = new Fault(
      file.good.opensLine,
      `opens: nothing that a pass can open has the tag ${tag}${near}`,
    )
    file.good = undefined
  }
}

function findConflict({ slugs, shown, sold }: Taken, parsed: ParsedProduct): Fault | undefined {
  const { slugLine, product } = parsed
  if (slugs.has(product.slug))
    return new Fault(slugLine, `another product already has the slug ${product.slug}: a slug must be unique`)
  const own = new Set(parsed.sells.map(({ path }) => path))
  const givenAway = parsed.shows.find(({ path }) => sold.has(path) || own.has(path))
  if (givenAway)
    return new Fault(givenAway.line, 'everybody can see this picture, but a product sells it as its file')
  const seen = parsed.sells.find(({ path }) => shown.has(path))
  if (seen)
    return new Fault(
      seen.line,
      'the shop or another product shows this file as a picture, so everybody can see it',
    )
  return undefined
}

function take({ slugs, shown, sold }: Taken, parsed: ParsedProduct): void {
  slugs.add(parsed.product.slug)
  for (const { path } of parsed.shows) shown.add(path)
  for (const { path } of parsed.sells) sold.add(path)
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
