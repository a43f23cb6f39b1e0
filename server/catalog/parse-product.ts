import { statSync } from 'node:fs'
import { basename } from 'node:path'
import MarkdownIt from 'markdown-it'
import { z } from 'zod'
import type { Money } from '../../money/index.ts'
import { findFile } from './find-file.ts'
import { Fault, type FieldPath, type FrontMatter, lineOf, parseFrontMatter } from './front-matter.ts'
import { findKind, type Kind, kinds, line } from './kinds/index.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import { readPicture } from './read-picture.ts'

const MORE = /^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$/m
// Letters and digits up to the next space; in scripts that put no spaces between words, each character.
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}][^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]*/gu
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

// HTML in a product is shown as text and links to scripts are not linked: a product may be written by somebody else.
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true })

const fieldsOfAll = z.strictObject({
  title: line.max(120, 'must have at most 120 characters'),
  kind: line,
  summary: line.max(300, 'must have at most 300 characters'),
  slug: line.optional(),
  image: line.optional(),
  imageAlt: line.max(300, 'must have at most 300 characters').optional(),
})

type Fields = z.infer<typeof fieldsOfAll> & { price: Money }
type FaultAt = (path: FieldPath, message: string) => Fault

/** A parsed product file: what anybody may see, what is paid for, and the lines of its fields. */
export interface ParsedProduct {
  product: Product
  paid: PaidContent
  frontMatter: FrontMatter
}

/** Parses one file of the catalogue. Throws Fault. */
export function parseProduct(text: string, fileName: string, folder: string): ParsedProduct {
  const frontMatter = parseFrontMatter(text)
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(frontMatter, path), message)
  const kind = readKind(frontMatter.fields.kind, faultAt)
  const fields = readFields(frontMatter.fields, kind, faultAt)
  const slug = readSlug(fields, fileName, faultAt)
  const goods = kind.readGoods(fields, { ...split(frontMatter.body), folder, faultAt })
  const { title, summary, price } = fields

  return {
    product: {
      slug,
      title,
      kind: kind.name,
      summary,
      price,
      picture: findPicture(fields, slug, folder, faultAt),
      previewHtml: markdown.render(goods.preview),
      thanksHtml: markdown.render(goods.thanks ?? ''),
      words: { preview: countWords(goods.preview), paid: countWords(goods.paid) },
      file: goods.file && { name: goods.file.name, bytes: statSync(goods.file.path).size },
    },
    paid: { html: markdown.render(goods.paid), file: goods.file },
    frontMatter,
  }
}

function readKind(name: unknown, faultAt: FaultAt): Kind {
  const kind = findKind(name)
  if (kind) return kind
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(kinds.map((each) => each.name))
  throw faultAt(['kind'], name === undefined ? 'kind is missing' : `kind must be ${names}`)
}

function readFields(found: Record<string, unknown>, kind: Kind, faultAt: FaultAt): Fields {
  const parsed = fieldsOfAll.extend(kind.fields).safeParse(found)
  if (parsed.success) return parsed.data as Fields
  const [issue] = parsed.error.issues
  if (!issue) throw new TypeError('zod refuses the fields without a reason')
  throw explain(issue, found, kind, faultAt)
}

function explain(
  issue: z.core.$ZodIssue,
  found: Record<string, unknown>,
  kind: Kind,
  faultAt: FaultAt,
): Fault {
  const field = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    return faultAt(
      [...issue.path, name],
      field ? `"${name}" is not a part of ${field}` : sayUnknown(name, kind),
    )
  }
  if (issue.code === 'custom') return faultAt(issue.path, `${field}: ${issue.message}`)
  const isMissing = issue.path.length === 1 && !Object.hasOwn(found, field)
  return faultAt(issue.path, isMissing ? `${field} is missing` : `${field} ${issue.message}`)
}

/** If the field belongs to another kind, the merchant probably meant that one. */
function sayUnknown(name: string, kind: Kind): string {
  const meant = kinds.find(({ fields }) => Object.hasOwn(fields, name))
  return meant
    ? `${kind.noun} has no ${name}; use kind: ${meant.name}`
    : `"${name}" is not a field of a product`
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

function split(body: string): { before: string; after: string | undefined } {
  const more = MORE.exec(body)
  return more
    ? { before: body.slice(0, more.index), after: body.slice(more.index + more[0].length) }
    : { before: body, after: undefined }
}

function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
