import { Fault } from './fault.ts'
import { findFile } from './find-file.ts'
import type { Page } from './markdown/index.ts'
import { LARGEST_PICTURE, readPicture } from './read-picture.ts'

const FIRST_STEP = /^(?:\.\/)?([a-z0-9-]+)(?=$|[?#])/

type Place = { folder: string } & Pick<Page, 'firstLine'>

/** What the text of a product needs to know about the page on which it is shown. */
export function aProductPage(slug: string, place: Place): Page {
  const own = `/products/${slug}`
  return { ...aPage(slug, place), baseOf: () => own }
}

/** The same for a page of the merchant's, on which a slug is that of a product, if one of `products` has it, or of another page. */
export function anOwnPage(slug: string, products: readonly string[], place: Place): Page {
  return {
    ...aPage(slug, place),
    baseOf: (href) => {
      const [, first = ''] = FIRST_STEP.exec(href) ?? []
      return products.includes(first) ? '/products/' : `/pages/${slug}`
    },
  }
}

function aPage(slug: string, { folder, firstLine }: Place): Omit<Page, 'baseOf'> {
  return {
    slug,
    firstLine,
    readPicture(name, line) {
      const fault = (message: string) => new Fault(line, message)
      return readPicture(findFile(name, folder, fault), { slug, alt: '', maxBytes: LARGEST_PICTURE }, fault)
    },
  }
}
