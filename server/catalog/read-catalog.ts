import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../web/index.ts'
import { Fault } from './front-matter.ts'
import { parseProduct } from './parse-product.ts'
import { CatalogError, type PaidContent, type Picture, type Product } from './product.ts'

export interface Catalog {
  products(): readonly Product[]
  findProduct(slug: string): Product | undefined
  /** By the name in its address, which goes with its content */
  findPicture(name: string): Picture | undefined
  /** What is paid for. Only gate.ts calls this: whoever else did would give it away. */
  readPaidContent(slug: string): PaidContent | undefined
}

interface Contents {
  products: Product[]
  paid: Map<string, PaidContent>
  pictures: Map<string, Picture>
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
  let seen = reload ? fingerprint(folder, contents) : ''

  function current(): Contents {
    if (reload) rereadIfChanged()
    return contents
  }

  function rereadIfChanged(): void {
    const now = fingerprint(folder, contents)
    if (now === seen) return
    seen = now
    try {
      contents = readContents(folder)
      seen = fingerprint(folder, contents)
      log.info({ products: contents.products.length }, 'catalogue read again')
    } catch (error) {
      log.error(`The catalogue has a fault, so it stays as it was:\n${(error as Error).message}`)
    }
  }

  return {
    products: () => current().products,
    findProduct: (slug) => current().products.find((product) => product.slug === slug),
    findPicture: (name) => current().pictures.get(name),
    readPaidContent: (slug) => current().paid.get(slug),
  }
}

function readContents(folder: string): Contents {
  const contents: Contents = { products: [], paid: new Map(), pictures: new Map() }
  const pictureLines = new Map<Picture, string>()
  const faults: string[] = []
  for (const name of productFiles(folder)) {
    const place = (line: number) => `${join(folder, name)}:${line}`
    try {
      const { product, lineOf } = addProduct(contents, name, folder)
      if (product.picture) pictureLines.set(product.picture, place(lineOf('image')))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(`${place(error.line)}: ${error.message}`)
    }
  }
  for (const picture of picturesForSale(contents))
    faults.push(`${pictureLines.get(picture)}: everybody sees the picture, but it is for sale as a file`)
  if (faults.length > 0) throw new CatalogError(faults.join('\n'))
  return contents
}

function addProduct({ products, paid, pictures }: Contents, name: string, folder: string) {
  const parsed = parseProduct(readText(join(folder, name)), name, folder)
  const { slug, picture } = parsed.product
  if (paid.has(slug))
    throw new Fault(parsed.lineOf('slug'), `another product is called ${slug} already: a slug must be unique`)
  products.push(parsed.product)
  paid.set(slug, parsed.paid)
  if (picture) pictures.set(picture.name, picture)
  return parsed
}

/** A picture must not give away a download, whichever product shows it. */
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

/** Changes when a product's file or picture is added, taken away or saved, and when the folder itself comes or goes. */
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
