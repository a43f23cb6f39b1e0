import { join } from 'node:path'
import { describeUnreadable, explainGivenAway, explainTwin, Fault, toFault } from '../fault.ts'
import type { FileInUse } from '../find-file.ts'
import { markdownFiles } from '../markdown-files.ts'
import { findNamedFile, isThere } from '../named-file.ts'
import { readText } from '../read-text.ts'
import { placeOf } from '../slug.ts'
import { stampOf } from '../stamp.ts'
import { DEFAULT_IDENTITY } from './default-identity.ts'
import type { Identity } from './identity.ts'
import { type ParsedPage, parsePage } from './parse-page.ts'
import { type ParsedShop, parseLanguage, parseShop, type Surroundings } from './parse-shop.ts'

const FILE = 'shop.yaml'
const MISNAMED = ['shop.yml', 'shop.json']
const PAGES = 'pages'
const DEFAULT_LANGUAGE = 'en'

/** The files that say whose shop it is, as they were last read. */
export interface IdentityFiles {
  /** Changes when one of them, or what they depend on, is saved, added or removed */
  stamp: string
  /** The last version without a fault; undefined if there was none */
  good: Identity | undefined
  /** The real paths of the files that everybody sees with it */
  shown: ReadonlySet<string>
  /** What is wrong with the files as they are now: path, line, message */
  faults: readonly string[]
}

interface Options extends Surroundings {
  /** The product files, by the real paths of what they sell */
  sold: ReadonlyMap<string, string>
}

/** Returns whether the catalogue in this folder has a `shop.yaml`, whatever is in it. */
export function hasShopFile({ folder }: { folder: string }): boolean {
  return isThere(join(folder, FILE))
}

/** Reads the files, if they have changed since they were `known`; otherwise returns that. */
export function readIdentity(options: Options, known?: IdentityFiles): IdentityFiles {
  const faults: string[] = []
  const names = [FILE, ...pageFiles(faults, options.folder)]
  const before = stampOfAll(options, names) // taken first, so that a file which is saved while it is read counts as changed
  const isSound = faults.length === 0 && known?.faults.length === 0
  if (known && isSound && known.stamp === withShown(before, known.shown)) return known
  const shop = attempt(faults, options, FILE, () => readShop(options))
  const lang = shop?.identity.lang ?? DEFAULT_LANGUAGE
  const pages = names
    .slice(1)
    .flatMap((name) => attempt(faults, options, name, () => readPage(options, name, lang)) ?? [])
  faults.push(...findTwins(options.folder, pages))
  if (!shop || faults.length > 0)
    return { stamp: before, good: known?.good, shown: known?.shown ?? new Set(), faults }
  const shown = new Set([shop, ...pages].flatMap(({ shows }) => shows.map(({ path }) => path)))
  return { stamp: withShown(before, shown), good: putTogether(shop, pages), shown, faults }
}

/**
 * Reads the shop's language, which products have without one of their own. That comes before the products, and the rest of shop.yaml
 * after them, because it names some. While it can't be read, it stays what was `known`, and readIdentity says why.
 */
export function readLanguage(folder: string, known?: IdentityFiles): string {
  try {
    const path = findNamedFile(folder, FILE, MISNAMED)
    return (path && parseLanguage(readText(path))) ?? DEFAULT_LANGUAGE
  } catch {
    return known?.good?.lang ?? DEFAULT_LANGUAGE
  }
}

/** The names of the merchant's pages, as paths from the catalogue's folder, in the order of the footer. */
function pageFiles(faults: string[], folder: string): string[] {
  const path = join(folder, PAGES)
  try {
    return isThere(path) ? markdownFiles(path).map((name) => join(PAGES, name)) : []
  } catch (error) {
    faults.push(`${path}: ${describeUnreadable(error as Error, 'folder')}`)
    return []
  }
}

function stampOfAll({ folder, slugs, sold }: Options, names: readonly string[]): string {
  const files = stampOf([...names, ...MISNAMED].map((name) => join(folder, name)))
  return [files, ...names, ...slugs, ...sold.keys()].join('\n')
}

function withShown(stamp: string, shown: ReadonlySet<string>): string {
  return `${stamp}\n${stampOf([...shown])}`
}

/** Returns what `read` returns, unless that has a fault, or shows for nothing what a product sells. */
function attempt<T extends { shows: FileInUse[] }>(
  faults: string[],
  { folder, sold }: Options,
  name: string,
  read: () => T,
): T | undefined {
  try {
    const found = read()
    for (const { path, line } of found.shows) {
      const seller = sold.get(path)
      if (seller !== undefined) throw new Fault(line, explainGivenAway(seller))
    }
    return found
  } catch (error) {
    const fault = toFault(error)
    for (const { line, message } of [fault, ...fault.others])
      faults.push(`${join(folder, name)}:${line}: ${message}`)
    return undefined
  }
}

function readShop(options: Options): ParsedShop {
  const path = findNamedFile(options.folder, FILE, MISNAMED)
  return path ? parseShop(readText(path), options) : { identity: DEFAULT_IDENTITY, shows: [] }
}

function readPage(
  { folder, slugs: products }: Options,
  name: string,
  lang: string,
): ParsedPage & { name: string } {
  return { ...parsePage(readText(join(folder, name)), name, { folder, lang, products }), name }
}

/** Of two pages with one slug, the fault is that of the one whose file has another name, or else the longer or the later one. */
function findTwins(folder: string, pages: readonly (ParsedPage & { name: string })[]): string[] {
  const owners = new Map<string, string>()
  const place = ({ name, page }: (typeof pages)[number]) => placeOf(name, page.slug)
  for (const { name, page } of pages.toSorted((one, other) => place(one) - place(other)))
    if (!owners.has(page.slug)) owners.set(page.slug, name)
  return pages.flatMap(({ name, slugLine, page: { slug } }) => {
    const owner = owners.get(slug) ?? name
    return owner === name ? [] : `${join(folder, name)}:${slugLine}: ${explainTwin(owner, slug)}`
  })
}

function putTogether({ identity }: ParsedShop, pages: readonly ParsedPage[]): Identity {
  const pictures = pages.flatMap((page) => page.pictures).map((picture) => [picture.name, picture] as const)
  return Object.freeze({
    ...identity,
    pages: pages.map(({ page }) => page),
    pictures: new Map([...identity.pictures, ...pictures]),
  })
}
