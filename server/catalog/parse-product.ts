import { statSync } from 'node:fs'
import { basename } from 'node:path'
import MarkdownIt from 'markdown-it'
import { z } from 'zod'
import { assertPayable, type Money, parseMoney } from '../../money/index.ts'
import { findFile } from './find-file.ts'
import { Fault, type FrontMatter, parseFrontMatter } from './front-matter.ts'
import type { PaidContent, Picture, Product } from './product.ts'
import { readPicture } from './read-picture.ts'

const MORE = /^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$/m
// Letters and digits up to the next space; in scripts that put no spaces between words, each sign.
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}][^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]*/gu
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

// HTML in a product is shown as text, and links to scripts are no links: a product may come from somebody else.
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true })

const line = z.string('must be text').trim().min(1, 'must not be empty')
const fieldsOf = z.strictObject({
  title: line.max(120, 'must have at most 120 characters'),
  price: line,
  kind: z.enum(['article', 'download'], 'must be article or download'),
  summary: line.max(300, 'must have at most 300 characters'),
  slug: line.optional(),
  file: line.optional(),
  image: line.optional(),
  imageAlt: line.max(300, 'must have at most 300 characters').optional(),
})

type Fields = z.infer<typeof fieldsOf>
type FaultAt = (field: keyof Fields, message: string) => Fault

/** One file of the catalogue → what anybody may see, and what is paid for. Throws Fault. */
export function parseProduct(
  text: string,
  fileName: string,
  folder: string,
): { product: Product; paid: PaidContent; lineOf: FrontMatter['lineOf'] } {
  const frontMatter = parseFrontMatter(text)
  const fields = readFields(frontMatter)
  const at: FaultAt = (field, message) => new Fault(frontMatter.lineOf(field), message)
  const slug = fields.slug ?? basename(fileName, '.md')
  if (!SLUG.test(slug))
    throw at('slug', `"${slug}" cannot stand in an address: use small letters, digits and single hyphens`)
  const price = readPrice(fields.price, (message) => at('price', message))
  const file = readFile(fields, folder, at)
  const [preview, rest] = split(frontMatter.body, fields.kind)

  return {
    product: {
      slug,
      title: fields.title,
      kind: fields.kind,
      summary: fields.summary,
      price,
      picture: findPicture(fields, slug, folder, at),
      previewHtml: markdown.render(preview),
      words: { preview: countWords(preview), paid: countWords(rest) },
      download: file && { name: file.name, bytes: statSync(file.path).size },
    },
    paid: { html: markdown.render(rest), file },
    lineOf: frontMatter.lineOf,
  }
}

function readFields(frontMatter: FrontMatter): Fields {
  const parsed = fieldsOf.safeParse(frontMatter.fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys')
    throw new Fault(frontMatter.lineOf(issue.keys[0]), `"${issue.keys[0]}" is not a field of a product`)
  const field = String(issue?.path[0])
  const isMissing = !Object.hasOwn(frontMatter.fields, field)
  throw new Fault(frontMatter.lineOf(field), isMissing ? `${field} is missing` : `${field} ${issue?.message}`)
}

function readPrice(text: string, fault: (message: string) => Fault): Money {
  try {
    const price = parseMoney(text)
    assertPayable(price)
    return price
  } catch (error) {
    throw fault(`price: ${(error as Error).message}`)
  }
}

function readFile({ kind, file }: Fields, folder: string, at: FaultAt): PaidContent['file'] {
  if (kind === 'article') {
    if (file !== undefined) throw at('file', 'an article has no file; use kind: download')
    return undefined
  }
  if (file === undefined) throw at('kind', 'a download needs a file, like file: files/notes.zip')
  const path = findFile(file, folder, (message) => at('file', message))
  return { path, name: basename(path) }
}

function findPicture(
  { image, imageAlt }: Fields,
  slug: string,
  folder: string,
  at: FaultAt,
): Picture | undefined {
  if (image === undefined) {
    if (imageAlt !== undefined)
      throw at('imageAlt', 'imageAlt needs an image, like image: pictures/bread.webp')
    return undefined
  }
  const fault = (message: string) => at('image', message)
  return readPicture(findFile(image, folder, fault), { slug, alt: imageAlt ?? '' }, fault)
}

/** Without `<!-- more -->` all of an article is paid for; of a download, the file alone. */
function split(body: string, kind: Product['kind']): [preview: string, rest: string] {
  const more = MORE.exec(body)
  if (!more) return kind === 'article' ? ['', body] : [body, '']
  return [body.slice(0, more.index), body.slice(more.index + more[0].length)]
}

function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
