import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../ops/index.ts'
import { Fault } from './front-matter.ts'
import { parseProduct } from './parse-product.ts'
import { CatalogError, type PaidContent, type Product } from './product.ts'

export interface Catalog {
  products(): readonly Product[]
  findProduct(slug: string): Product | undefined
  /** What is paid for. Only gate.ts calls this: whoever else did would give it away. */
  readPaidContent(slug: string): PaidContent | undefined
}

interface Contents {
  products: Product[]
  paid: Map<string, PaidContent>
}

interface Options {
  folder: string
  /** Look for changed files at every request: for development */
  reload: boolean
  log: Pick<Logger, 'info' | 'error'>
}

/** Opens the folder with one Markdown file a product. Throws CatalogError with every fault, a line each. */
export function openCatalog({ folder, reload, log }: Options): Catalog {
  let contents = readContents(folder)
  let seen = reload ? fingerprint(folder) : ''

  function current(): Contents {
    if (reload) rereadIfChanged()
    return contents
  }

  function rereadIfChanged(): void {
    const now = fingerprint(folder)
    if (now === seen) return
    seen = now
    try {
      contents = readContents(folder)
      log.info({ products: contents.products.length }, 'catalogue read again')
    } catch (error) {
      log.error(`The catalogue has a fault, so it stays as it was:\n${(error as Error).message}`)
    }
  }

  return {
    products: () => current().products,
    findProduct: (slug) => current().products.find((product) => product.slug === slug),
    readPaidContent: (slug) => current().paid.get(slug),
  }
}

function readContents(folder: string): Contents {
  const contents: Contents = { products: [], paid: new Map() }
  const faults: string[] = []
  for (const name of productFiles(folder)) {
    try {
      addProduct(contents, name, folder)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(`${join(folder, name)}:${error.line}: ${error.message}`)
    }
  }
  if (faults.length > 0) throw new CatalogError(faults.join('\n'))
  return contents
}

function addProduct({ products, paid }: Contents, name: string, folder: string): void {
  const parsed = parseProduct(readText(join(folder, name)), name, folder)
  const { slug } = parsed.product
  if (paid.has(slug))
    throw new Fault(parsed.slugLine, `another product is called ${slug} already: a slug must be unique`)
  products.push(parsed.product)
  paid.set(slug, parsed.paid)
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

/** Changes when a product's file is added, taken away or saved, and when the folder itself comes or goes. */
function fingerprint(folder: string): string {
  try {
    return productFiles(folder)
      .map((name) => `${name} ${statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs}`)
      .join('\n')
  } catch (error) {
    return (error as Error).message
  }
}
