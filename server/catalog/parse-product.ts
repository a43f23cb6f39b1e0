import { realpathSync, statSync } from 'node:fs'
import { type CodeRules, upToMaximum } from './code-rules.ts'
import type { FaultAt } from './explain-fields.ts'
import { Fault, type Gathering, gatherFaults, throwTogether } from './fault.ts'
import { type FileInUse, findFile } from './find-file.ts'
import { parseFrontMatter } from './front-matter.ts'
import type { Goods, Kind, ProductFile } from './kinds/index.ts'
import { isBlank, type Page, parseText, type Rendered, renderText } from './markdown/index.ts'
import { lineOf } from './parse-yaml.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import { type Fields, readFields, readKind } from './read-fields.ts'
import { LARGEST_ON_STOREFRONT, readPicture } from './read-picture.ts'
import { readSlug } from './slug.ts'
import { aProductPage } from './text-page.ts'
import { findUnsellable } from './unsellable.ts'

const NO_FIELDS =
  'a product file starts with a line of ---, its fields (title, price, kind, summary), and another line of ---. A file that isn’t a product, such as README.md, belongs elsewhere, or needs a name that does not end in .md'

/** A parsed product file: the public part, and the paid content. */
export interface ParsedProduct {
  product: Product
  paid: PaidContent
  /** The pictures that everybody may see */
  pictures: Picture[]
  /** Absolute paths of the files that it names */
  paths: string[]
  /** The files that everybody sees, and those that are sold */
  shows: FileInUse[]
  sells: FileInUse[]
  /** The lines of its slug and of what it opens, or the first one */
  slugLine: number
  opensLine: number
}

type Texts = Record<'preview' | 'paid' | 'thanks', Rendered>

/** Parses one file of the catalogue, which was saved at this time. `lang` is the shop's language. Throws Fault. */
export function parseProduct(
  source: string,
  fileName: string,
  folder: string,
  {
    savedAt = 0,
    now,
    codeRules,
    lang: shopLanguage = 'en',
  }: { savedAt?: number; now: number; codeRules?: CodeRules | undefined; lang?: string },
): ParsedProduct {
  const frontMatter = parseFrontMatter(source, NO_FIELDS)
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(frontMatter, path), message)
  const { body, bodyLine: firstLine } = frontMatter
  const faults = gatherFaults()
  const kind = faults.attempt(() => readKind(frontMatter.fields.kind, faultAt))
  const fields = faults.attempt(() => readFields(frontMatter, kind, faultAt))
  if (fields)
    for (const { path, message } of findUnsellable(fields, codeRules, Math.max(now, savedAt)))
      faults.attempt(() => throwTogether([faultAt(path, message)]))
  const lang = fields?.lang ?? shopLanguage
  const text = faults.attempt(() => parseText(body, { firstLine, lang }))
  const slug = fields && faults.attempt(() => readSlug(fields.slug, fileName, faultAt))
  const picture = fields && faults.attempt(() => findPicture(fields, slug ?? '', folder, faultAt))
  const goods =
    kind && fields && text && faults.attempt(() => readGoods(kind, fields, { ...text, folder, faultAt }))
  const page = aProductPage(slug ?? '', { folder, firstLine })
  const texts = goods && renderGoods(goods, page, faults)
  faults.throwFound()
  if (!kind || !fields || !slug || !goods || !texts)
    throw new TypeError('A part of a product is missing without a fault')
  const shown = [...texts.preview.pictures, ...texts.thanks.pictures]
  const price = fields.price.map((pricing) => upToMaximum(pricing, codeRules?.codeMaximum))
  const inTexts = [...shown, ...texts.paid.pictures].map((each) => each.picture)

  return {
    product: toProduct(
      { ...fields, lang, price, slug, updatedAt: fields.date ?? savedAt },
      kind,
      texts,
      picture,
      goods,
    ),
    paid: toPaidContent(texts, goods),
    pictures: [picture, ...shown.map((each) => each.picture)].filter((each) => each !== undefined),
    paths: [picture, goods.file, ...inTexts].flatMap((file) => file?.path ?? []),
    shows: [
      ...inUse(picture, lineOf(frontMatter, ['image'])),
      ...shown.flatMap((each) => inUse(each.picture, each.line)),
    ],
    sells: inUse(goods.file, lineOf(frontMatter, ['file'])),
    slugLine: lineOf(frontMatter, ['slug']),
    opensLine: lineOf(frontMatter, ['opens']),
  }
}

/** Throws Fault, also for a kind of the merchant's own whose buyers would pay for what no page shows. */
function readGoods(kind: Kind, fields: Fields, file: ProductFile): Goods {
  const goods = kind.readGoods(fields, file)
  if (kind.canBuyAgain && (goods.file || !isBlank(goods.paid)))
    throw file.faultAt(['kind'], `${kind.noun} can be bought again, so no page would show its paid content`)
  return goods
}

function toProduct(
  {
    slug,
    title,
    lang,
    summary,
    tags,
    updatedAt,
    price: prices,
    destination,
    fees = [],
    tax,
    tip,
    order,
    date,
    sold,
    draft,
  }: Fields & { lang: string; slug: string; updatedAt: number },
  kind: Kind,
  { preview, paid, thanks }: Texts,
  picture: Picture | undefined,
  { file, facts }: Pick<Goods, 'file' | 'facts'>,
): Product {
  const [first] = prices
  if (!first) throw new TypeError(`${slug} has no price`)
  return {
    slug,
    title,
    lang,
    kind: kind.name,
    summary,
    status: draft ? 'draft' : sold ? 'sold' : 'withdrawn',
    order,
    date,
    tags,
    updatedAt,
    price: first.price,
    choice: first.choice,
    prices,
    destination,
    fees,
    tax,
    tip,
    picture,
    previewHtml: preview.html,
    previewText: preview.text,
    thanksHtml: thanks.html,
    words: { preview: preview.words, paid: paid.words },
    pictures: { paid: paid.pictures.length },
    file: file && { name: file.name, bytes: statSync(file.path).size, isMissing: false },
    ...facts,
  }
}

function toPaidContent({ paid: { html, pictures } }: Texts, { file }: Goods): PaidContent {
  return { html, pictures: new Map(pictures.map(({ picture }) => [picture.name, picture])), file }
}

/**
 * Renders each part of a product's text. The pictures of the paid content are behind the gate. Buyers see it below the preview,
 * and the thanks on a page of their own.
 */
function renderGoods(
  { preview, paid, thanks = [] }: Goods,
  page: Page,
  faults: Gathering,
): Texts | undefined {
  const render = (text: Goods['paid'], pictures: string, beside: Goods['paid']) =>
    faults.attempt(() => renderText(text, page, pictures, beside))
  const [first, second, third] = [
    render(preview, '/pictures/', paid),
    render(paid, `/products/${page.slug}/pictures/`, preview),
    render(thanks, '/pictures/', []),
  ]
  return first && second && third && { preview: first, paid: second, thanks: third }
}

function findPicture(
  { image, imageAlt }: Fields,
  slug: string,
  folder: string,
  faultAt: FaultAt,
): Picture | undefined {
  if (image === undefined) {
    if (imageAlt !== undefined)
      throw faultAt(['imageAlt'], 'imageAlt needs an image, like image: pictures/bread.webp')
    return undefined
  }
  const fault = (message: string) => faultAt(['image'], message)
  const looks = { slug, alt: imageAlt ?? '', maxBytes: LARGEST_ON_STOREFRONT }
  return readPicture(findFile(image, folder, fault), looks, fault)
}

function inUse(file: { path: string } | undefined, line: number): FileInUse[] {
  return file ? [{ path: realpathSync(file.path), line }] : []
}
