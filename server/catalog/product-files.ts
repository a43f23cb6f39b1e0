import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../time.ts'
import type { CodeRules } from './code-rules.ts'
import { describeUnreadable, type Fault, toFault } from './fault.ts'
import { markdownFiles, slugOf } from './markdown-files.ts'
import { type ParsedProduct, parseProduct } from './parse-product.ts'
import { CatalogError } from './product.ts'
import { readText } from './read-text.ts'
import { stampOf } from './stamp.ts'

/** The state of each product file, by its name. */
export type ProductFiles = Map<string, ProductFile>

export interface ProductFile {
  /** Changes with the shop's language, and when the file, or a file that it names, is saved or removed */
  stamp: string
  /** Where the product is, as far as the file says it */
  slug: string
  /** The last version without a fault, which is for sale */
  good: ParsedProduct | undefined
  /** A version that was just read, until it is clear that it conflicts with no other product */
  fresh: ParsedProduct | undefined
  /** Why the file, as it is now, can't be used */
  fault: Fault | undefined
}

interface Options {
  folder: string
  clock: Clock
  codeRules?: CodeRules | undefined
  /** The shop's language, which a product has without one of its own */
  lang: string
}

/** Reads every product file that is new or has changed, and yields after each file. Throws CatalogError. */
export function* readChanges(options: Options, files: ProductFiles): Generator<void, void> {
  const { folder } = options
  const names = new Set(productFiles(folder))
  for (const name of files.keys()) if (!names.has(name)) files.delete(name)
  for (const name of names) {
    const known = files.get(name)
    if (!known || hasChanged(known, join(folder, name), options))
      files.set(name, { ...readProduct(name, options), good: known?.good })
    yield
  }
}

function productFiles(folder: string): string[] {
  try {
    return markdownFiles(folder)
  } catch (cause) {
    throw new CatalogError(`${folder}: ${describeUnreadable(cause as Error, 'folder')}`, { cause })
  }
}

/** A file with a fault is read again, because the fault may be in another file, such as a missing picture. */
function hasChanged({ fault, stamp, good }: ProductFile, path: string, options: Options): boolean {
  return fault !== undefined || stamp !== stampIn(options, [path, ...(good?.paths ?? [])])
}

function stampIn({ lang }: Options, paths: readonly string[]): string {
  return `${lang}\n${stampOf(paths)}`
}

function readProduct(name: string, options: Options): Omit<ProductFile, 'good'> {
  const { folder, clock, codeRules, lang } = options
  const path = join(folder, name)
  const before = stampIn(options, [path]) // taken first, so that a file which is saved while it is read counts as changed
  let slug = slugOf(name)
  try {
    const text = readText(path)
    slug = findSlug(text) ?? slug // for as long as the file has a fault
    const fresh = parseProduct(text, name, folder, {
      savedAt: statSync(path).mtimeMs,
      now: clock.now(),
      codeRules,
      lang,
    })
    return {
      stamp: [before, ...fresh.paths.map((each) => stampOf([each]))].join('\n'),
      slug: fresh.product.slug,
      fresh,
      fault: undefined,
    }
  } catch (error) {
    return { stamp: before, slug, fresh: undefined, fault: toFault(error) }
  }
}

/** Finds the slug that a file states, even if its fields are no YAML or one of the lines around them is missing. */
function findSlug(text: string): string | undefined {
  const fields = text.split(/^---[ \t]*\r?$/m).find((part) => part.trim() !== '')
  return fields && /^(['"]?)slug\1[ \t]*:[ \t]*['"]?([a-z0-9-]+)/m.exec(fields)?.[2]
}
