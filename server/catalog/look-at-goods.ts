import { constants } from 'node:fs'
import { access, readFile, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { SECOND_MS } from '../time.ts'
import { isPointer, LONGEST_POINTER } from './lfs-pointer.ts'
import type { Picture, Product } from './product.ts'
import type { Catalog } from './read-catalog.ts'
import { LARGEST_PICTURE, typeOfPicture } from './read-picture.ts'

/** A picture as its file is now. */
export interface PictureNow {
  content: Buffer
  type: string
  /** Whether it is still what its name promises, since its name goes with its content */
  isAsNamed: boolean
}

const LISTED_AGAIN_MS = SECOND_MS // hundreds of files would be four system calls each for every view of a list

/**
 * Looks at the file that a product sells, which may have been moved away or replaced since it was read. Pages show its size
 * as it is now. False while it can't be delivered, for which an alert is raised once.
 */
export function lookAtGoods(catalog: Catalog, product: Product): Promise<boolean> {
  if (!product.file) return Promise.resolve(true)
  const isThere = look(catalog, product)
  catalog.looks.set(product.file, { at: performance.now(), isThere })
  return isThere
}

/** The same for a list of products, where what was found within the last second will do: nothing is sold there. */
export function lookAtListed(catalog: Catalog, product: Product): Promise<boolean> {
  const last = product.file && catalog.looks.get(product.file)
  const isFresh = last && performance.now() - last.at < LISTED_AGAIN_MS
  return isFresh ? last.isThere : lookAtGoods(catalog, product)
}

async function look(catalog: Catalog, { slug, file }: Product): Promise<boolean> {
  const { contents } = catalog // another look may take over new ones during the await, which know the file already
  const paid = contents.paid.get(slug)
  if (!file || !paid?.file) return true
  const bytes = await sizeOf(catalog, paid.file.path)
  const isMissing = bytes === undefined
  noteMissing(catalog, paid.file.path, isMissing)
  if (isMissing !== file.isMissing || (bytes ?? file.bytes) !== file.bytes) {
    Object.assign(file, { isMissing, bytes: bytes ?? file.bytes })
    contents.paid.set(slug, { ...paid }) // a new object, because pages are cached by it
  }
  return !isMissing
}

/** Reads a picture as it is now. Undefined if it is missing or no picture any more, for which an alert is raised once. */
export async function lookAtPicture(
  catalog: Catalog,
  { path, name }: Picture,
): Promise<PictureNow | undefined> {
  const bytes = await sizeOf(catalog, path)
  const isReadable = bytes !== undefined && bytes <= LARGEST_PICTURE
  const content = isReadable ? await readFile(path).catch(() => undefined) : undefined
  const found = content && typeOfPicture(content)
  noteMissing(catalog, path, !found)
  return found && { content, type: found.type, isAsNamed: name.endsWith(found.ending) }
}

/**
 * Lists what is missing of the files that products sell, as they were last looked at, and of the pictures that pages show, which
 * are looked at again. Absolute paths, each once.
 */
export async function listMissing(catalog: Catalog): Promise<{ files: string[]; pictures: string[] }> {
  const { contents, identity, missing } = catalog
  const paid = [...contents.paid.values()]
  const shown = [contents.pictures, identity.good?.pictures, ...paid.map(({ pictures }) => pictures)]
    .flatMap((pictures) => [...(pictures?.values() ?? [])])
    .filter(({ path }) => missing.has(path))
  await Promise.all(shown.map((picture) => lookAtPicture(catalog, picture)))
  const among = (named: readonly { path: string }[]) => [
    ...new Set(named.map(({ path }) => path).filter((path) => missing.has(path))),
  ]
  return { files: among(paid.flatMap(({ file }) => file ?? [])), pictures: among(shown) }
}

/**
 * The size of a file that has content, which isn't a pointer to it, can be read, and is inside the catalogue's folder, even through
 * links.
 */
async function sizeOf({ folder }: Catalog, path: string): Promise<number | undefined> {
  try {
    const [found, inside, root] = await Promise.all([stat(path), realpath(path), realpath(folder)])
    await access(path, constants.R_OK)
    const isThere = found.isFile() && found.size > 0 && inside.startsWith(root + sep)
    if (!isThere) return undefined
    return found.size < LONGEST_POINTER && isPointer(await readFile(path)) ? undefined : found.size
  } catch {
    return undefined
  }
}

function noteMissing({ missing, log }: Catalog, path: string, isMissing: boolean): void {
  if (isMissing === missing.has(path)) return
  if (isMissing) {
    missing.add(path)
    log.error(
      { file: path, alert: true },
      'a file of a product is missing, empty or can’t be read: put it back',
    )
  } else {
    missing.delete(path)
    log.info({ file: path }, 'a file of a product that was missing is back')
  }
}
