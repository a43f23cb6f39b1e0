import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../web/index.ts'
import { Fault, lineOf } from './front-matter.ts'
import { type ParsedProduct, parseProduct } from './parse-product.ts'
import { CatalogError, type PaidContent, type Picture, type Product } from './product.ts'

/** The catalogue's folder as it was last read. Ask it through the functions of this file. */
export interface Catalog extends Options {
  contents: Contents
  /** The fingerprint of the folder when it was last looked at */
  seen: string
}

interface Contents {
  products: Product[]
  paid: Map<string, PaidContent>
  pictures: Map<string, Picture>
}

interface Options {
  folder: string
  /** Looks for changed files at every request: for development */
  reload: boolean
  log: Pick<Logger, 'info' | 'error'>
}

/** Opens the folder with one Markdown file for each product. Throws CatalogError, with a line for every faulty file. */
export function openCatalog(options: Options): Catalog {
  const contents = readContents(options.folder)
  return { ...options, contents, seen: options.reload ? fingerprint(options.folder, contents) : '' }
}

export function listProducts(catalog: Catalog): readonly Product[] {
  return current(catalog).products
}

export function findProduct(catalog: Catalog, slug: string): Product | undefined {
  return current(catalog).products.find((product) => product.slug === slug)
}

/** Finds a picture by the name in its address, which changes with its content. */
export function findPicture(catalog: Catalog, name: string): Picture | undefined {
  return current(catalog).pictures.get(name)
}

/** Returns what is paid for. Only the gate may call this: any other caller would give it away. */
export function readPaidContent(catalog: Catalog, slug: string): PaidContent | undefined {
  return current(catalog).paid.get(slug)
}

function current(catalog: Catalog): Contents {
  if (catalog.reload) rereadIfChanged(catalog)
  return catalog.contents
}

function rereadIfChanged(catalog: Catalog): void {
  const { folder, log } = catalog
  const now = fingerprint(folder, catalog.contents)
  if (now === catalog.seen) return
  catalog.seen = now
  try {
    catalog.contents = readContents(folder)
    catalog.seen = fingerprint(folder, catalog.contents)
    log.info({ products: catalog.contents.products.length }, 'catalogue reloaded')
  } catch (error) {
    log.error(`The catalogue has a fault, so the previous version stays in use:\n${(error as Error).message}`)
  }
}

function readContents(folder: string): Contents {
  const contents: Contents = { products: [], paid: new Map(), pictures: new Map() }
  const pictureLines = new Map<Picture, string>()
  const faults: string[] = []
  for (const name of productFiles(folder)) {
    const place = (line: number) => `${join(folder, name)}:${line}`
    try {
      const { product, frontMatter } = addProduct(contents, name, folder)
      if (product.picture) pictureLines.set(product.picture, place(lineOf(frontMatter, ['image'])))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(`${place(error.line)}: ${error.message}`)
    }
  }
  for (const picture of picturesForSale(contents))
    faults.push(
      `${pictureLines.get(picture)}: everybody can see this picture, but a product sells it as its file`,
    )
  if (faults.length > 0) throw new CatalogError(faults.join('\n'))
  return contents
}

function addProduct({ products, paid, pictures }: Contents, name: string, folder: string): ParsedProduct {
  const parsed = parseProduct(readText(join(folder, name)), name, folder)
  const { slug, picture } = parsed.product
  if (paid.has(slug))
    throw new Fault(
      lineOf(parsed.frontMatter, ['slug']),
      `another product already has the slug ${slug}: a slug must be unique`,
    )
  products.push(parsed.product)
  paid.set(slug, parsed.paid)
  if (picture) pictures.set(picture.name, picture)
  return parsed
}

/** Finds pictures that would give away a file for sale, whichever product shows them. */
function picturesForSale({ paid, pictures }: Contents): Picture[] {
  const forSale = new Set([...paid.values()].flatMap(({ file }) => (file ? [realpathSync(file.path)] : [])))
  return [...pictures.values()].filter(({ path }) => forSale.has(realpathSync(path)))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Fault(1, `the file cannot be read: ${(cause as Error).message}`)
  }
}

function productFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort()
  } catch (cause) {
    throw new CatalogError(`${folder}: cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** Changes when a product's file or picture is added, removed or saved, and when the folder itself appears or disappears. */
function fingerprint(folder: string, { pictures }: Contents): string {
  try {
    return [
      ...productFiles(folder).map((name) => join(folder, name)),
      ...[...pictures.values()].map(({ path }) => path),
    ]
      .map((path) => `${path} ${statSync(path, { throwIfNoEntry: false })?.mtimeMs}`)
      .join('\n')
  } catch (error) {
    return (error as Error).message
  }
}
