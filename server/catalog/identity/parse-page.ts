import { realpathSync } from 'node:fs'
import * as z from '../../zod.ts'
import type { FaultAt } from '../explain-fields.ts'
import { Fault, gatherFaults } from '../fault.ts'
import type { FileInUse } from '../find-file.ts'
import { parseFrontMatter } from '../front-matter.ts'
import { language, line, lineUpTo } from '../kinds/index.ts'
import { isBlank, parseText, renderText } from '../markdown/index.ts'
import { lineOf } from '../parse-yaml.ts'
import type { Picture } from '../product.ts'
import { readStrictly } from '../read-strictly.ts'
import { readSlug } from '../slug.ts'
import { anOwnPage } from '../text-page.ts'
import type { OwnPage } from './identity.ts'

const NO_FIELDS =
  'a page starts with a line of ---, its title, like title: Imprint, and another line of ---. A file that isn’t a page belongs elsewhere'

const fields = z.strictObject({
  title: lineUpTo(60),
  slug: line.optional(),
  lang: language.optional(),
})

export interface ParsedPage {
  page: OwnPage
  slugLine: number
  pictures: Picture[]
  shows: FileInUse[]
}

/**
 * Parses a page of the merchant's: a title, and a text that everybody may read. `lang`: the shop's own; `products`: the slugs
 * that product files have. Throws Fault.
 */
export function parsePage(
  source: string,
  fileName: string,
  { folder, lang, products }: { folder: string; lang: string; products: readonly string[] },
): ParsedPage {
  const frontMatter = parseFrontMatter(source, NO_FIELDS)
  const { body, bodyLine: firstLine } = frontMatter
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(frontMatter, path), message)
  const faults = gatherFaults()
  const read = faults.attempt(() => readStrictly(fields, frontMatter, 'a page', faultAt))
  const slug = read && faults.attempt(() => readSlug(read.slug, fileName, faultAt))
  const text = faults.attempt(() => parseText(body, { firstLine, lang: read?.lang ?? lang }))
  if (text) faults.attempt(() => assertPublic(text, firstLine))
  const page = anOwnPage(slug ?? '', products, { folder, firstLine })
  const rendered = text && faults.attempt(() => renderText(text.before, page, '/pictures/'))
  faults.throwFound()
  if (!read || !slug || !rendered) throw new TypeError('A part of a page is missing without a fault')
  return {
    page: { slug, title: read.title, lang: read.lang ?? lang, html: rendered.html },
    slugLine: lineOf(frontMatter, ['slug']),
    pictures: rendered.pictures.map(({ picture }) => picture),
    shows: rendered.pictures.map(({ picture: { path }, line }) => ({ path: realpathSync(path), line })),
  }
}

function assertPublic({ before, after }: ReturnType<typeof parseText>, firstLine: number): void {
  if (after !== undefined)
    throw new Fault(firstLine, 'nothing on this page is for sale: remove the line <!-- more -->')
  if (isBlank(before)) throw new Fault(firstLine, 'the page has no text')
}
