import { realpathSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import MarkdownIt from 'markdown-it'
import { findFile } from './find-file.ts'
import { Fault, lineOf, parseFrontMatter } from './front-matter.ts'
import { readMarkers, splitAtMarker } from './marker.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import { type FaultAt, type Fields, readFields, readKind } from './read-fields.ts'
import { readPicture } from './read-picture.ts'

// Letters and digits up to the next space; in scripts that put no spaces between words, each character.
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}][^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]*/gu
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

// HTML in a product is shown as text and links to scripts are not linked: a product may be written by somebody else.
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true }).use(readMarkers)

/** A parsed product file: what anybody may see, and what is paid for. */
export interface ParsedProduct {
  product: Product
  paid: PaidContent
  /** Absolute paths of the files that it names */
  paths: string[]
  /** The real paths of those that everybody sees, and of those that are sold: a link counts as the file that it leads to */
  shows: string[]
  sells: string[]
  /** Where fields stand that can conflict with other products */
  lines: { slug: number; image: number; file: number }
}

/** Parses one file of the catalogue. Throws Fault. */
export function parseProduct(text: string, fileName: string, folder: string): ParsedProduct {
  const frontMatter = parseFrontMatter(text)
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(frontMatter, path), message)
  const kind = readKind(frontMatter.fields.kind, faultAt)
  const fields = readFields(frontMatter.fields, kind, faultAt)
  const slug = readSlug(fields, fileName, faultAt)
  const { body, bodyLine: firstLine } = frontMatter
  const goods = kind.readGoods(fields, { ...splitAtMarker(markdown, body, { firstLine }), folder, faultAt })
  const { title, summary, price: pricing } = fields
  const picture = findPicture(fields, slug, folder, faultAt)

  return {
    product: {
      slug,
      title,
      kind: kind.name,
      summary,
      price: pricing.price,
      choice: pricing.choice,
      picture,
      previewHtml: markdown.render(goods.preview),
      thanksHtml: markdown.render(goods.thanks ?? ''),
      words: { preview: countWords(goods.preview), paid: countWords(goods.paid) },
      file: goods.file && { name: goods.file.name, bytes: statSync(goods.file.path).size },
    },
    paid: { html: markdown.render(goods.paid), file: goods.file },
    paths: pathsOf(picture, goods.file),
    shows: pathsOf(picture).map((path) => realpathSync(path)),
    sells: pathsOf(goods.file).map((path) => realpathSync(path)),
    lines: {
      slug: lineOf(frontMatter, ['slug']),
      image: lineOf(frontMatter, ['image']),
      file: lineOf(frontMatter, ['file']),
    },
  }
}

function readSlug({ slug }: Fields, fileName: string, faultAt: FaultAt): string {
  const found = slug ?? basename(fileName, '.md')
  if (SLUG.test(found)) return found
  throw faultAt(
    ['slug'],
    `"${found}" cannot be part of an address: use lowercase letters, digits and single hyphens`,
  )
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
  return readPicture(findFile(image, folder, fault), { slug, alt: imageAlt ?? '' }, fault)
}

function pathsOf(...files: ({ path: string } | undefined)[]): string[] {
  return files.flatMap((file) => file?.path ?? [])
}

function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
