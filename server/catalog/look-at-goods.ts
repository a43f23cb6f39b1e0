import { constants } from 'node:fs'
import { access, readFile, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
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

/**
 * Looks at the file that a product sells, which may have been moved away or replaced since it was read. Pages show its size
 * as it is now. False while it can't be delivered, for which an alert is raised once.
 */
export async function lookAtGoods(catalog: Catalog, { slug, file }: Product): Promise<boolean> {
  const paid = catalog.contents.paid.get(slug)
  if (!file || !paid?.file) return true
  const bytes = await sizeOf(catalog, paid.file.path)
  noteMissing(catalog, paid.file.path, bytes === undefined)
  if (bytes === undefined) return false
  if (bytes !== file.bytes) {
    file.bytes = bytes
    catalog.contents.paid.set(slug, { ...paid }) // a new object, because pages are cached by it
  }
  return true
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

/** The size of a file that can be read and is inside the catalogue's folder, even through links. */
async function sizeOf({ folder }: Catalog, path: string): Promise<number | undefined> {
  try {
    const [found, inside, root] = await Promise.all([stat(path), realpath(path), realpath(folder)])
    await access(path, constants.R_OK)
    return found.isFile() && inside.startsWith(root + sep) ? found.size : undefined
  } catch {
    return undefined
  }
}

function noteMissing({ missing, log }: Catalog, path: string, isMissing: boolean): void {
  if (isMissing === missing.has(path)) return
  if (isMissing) {
    missing.add(path)
    log.error({ file: path, alert: true }, 'a file of a product is missing or can’t be read: put it back')
  } else {
    missing.delete(path)
    log.info({ file: path }, 'a file of a product that was missing is back')
  }
}
