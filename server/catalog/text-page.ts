import { Fault } from './fault.ts'
import { findFile } from './find-file.ts'
import type { Page } from './markdown/index.ts'
import { LARGEST_PICTURE, readPicture } from './read-picture.ts'

/** What a text needs to know about the page on which it is shown, below `parent`, such as `/products/`. */
export function aPage(
  parent: string,
  slug: string,
  { folder, firstLine }: { folder: string } & Pick<Page, 'firstLine'>,
): Page {
  return {
    slug,
    base: parent + slug,
    firstLine,
    readPicture(name, line) {
      const fault = (message: string) => new Fault(line, message)
      return readPicture(findFile(name, folder, fault), { slug, alt: '', maxBytes: LARGEST_PICTURE }, fault)
    },
  }
}
