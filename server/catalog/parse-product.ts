import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import MarkdownIt from 'markdown-it'
import { z } from 'zod'
import { assertPayable, type Money, parseMoney } from '../money.ts'
import { Fault, type FrontMatter, parseFrontMatter } from './front-matter.ts'
import type { PaidContent, Product } from './product.ts'

const MORE = /^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$/m
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
})

/** One file of the catalogue → what anybody may see, and what is paid for. Throws Fault. */
export function parseProduct(
  text: string,
  fileName: string,
  folder: string,
): { product: Product; paid: PaidContent; slugLine: number } {
  const frontMatter = parseFrontMatter(text)
  const fields = readFields(frontMatter)
  const at = (field: string, message: string) => new Fault(frontMatter.lineOf(field), message)
  const slug = fields.slug ?? basename(fileName, '.md')
  if (!SLUG.test(slug))
    throw at('slug', `"${slug}" cannot stand in an address: use small letters, digits and single hyphens`)
  const price = readPrice(fields.price, (message) => at('price', message))
  const file = readFile(fields, folder, (message) => at(fields.file === undefined ? 'kind' : 'file', message))
  const [preview, rest] = split(frontMatter.body, fields.kind)

  return {
    product: {
      slug,
      title: fields.title,
      kind: fields.kind,
      summary: fields.summary,
      price,
      previewHtml: markdown.render(preview),
    },
    paid: { html: markdown.render(rest), file },
    slugLine: frontMatter.lineOf('slug'),
  }
}

function readFields(frontMatter: FrontMatter) {
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

/** A download must be a file inside the catalogue's folder, wherever links lead. */
function readFile(
  { kind, file }: { kind: string; file?: string | undefined },
  folder: string,
  fault: (message: string) => Fault,
): PaidContent['file'] {
  if (kind === 'article') {
    if (file !== undefined) throw fault('an article has no file; use kind: download')
    return undefined
  }
  if (file === undefined) throw fault('a download needs a file, like file: files/notes.zip')
  const path = resolve(folder, file)
  if (!existsSync(path) || !statSync(path).isFile()) throw fault(`the file ${join(folder, file)} is missing`)
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep))
    throw fault(`the file ${file} lies outside of ${folder}`)
  return { path, name: basename(path) }
}

/** Without `<!-- more -->` all of an article is paid for; of a download, the file alone. */
function split(body: string, kind: Product['kind']): [preview: string, rest: string] {
  const more = MORE.exec(body)
  if (!more) return kind === 'article' ? ['', body] : [body, '']
  return [body.slice(0, more.index), body.slice(more.index + more[0].length)]
}
