import { createHash } from 'node:crypto'
import {
  findProduct,
  identityOf,
  type OwnPage,
  type Product,
  type Theme,
  themeOf,
} from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { hasFonts } from './fonts.ts'

/** In pixels, as sites and messengers ask for them. */
export const SIZE = { width: 1_200, height: 630 }

/** A picture of words that everybody may read, for links to a page that has no other picture. */
export interface TitlePicture extends Theme {
  /** In its address; changes with what the picture shows */
  name: string
  title: string
  below: string
  direction: 'ltr' | 'rtl'
}

type Catalogued = Pick<Shop, 'catalog'>

const DRAWING = 2 // one more whenever draw-title-picture.ts draws the same otherwise: names stand for what is shown
const OF_WHAT = /^(?:(product|page)-(.+)|shop)-[0-9a-f]{12}\.png$/
const FROM_RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u // by the first letter

/** Returns what the picture for a link to a product shows. Undefined if there is no font for its title. */
export function pictureOfProduct(shop: Catalogued, { slug, title }: Product): TitlePicture | undefined {
  return describe(shop, `product-${slug}`, title, identityOf(shop.catalog).name)
}

/** The same for a page of the merchant's. */
export function pictureOfPage(shop: Catalogued, { slug, title }: OwnPage): TitlePicture | undefined {
  return describe(shop, `page-${slug}`, title, identityOf(shop.catalog).name)
}

/** The same for the shop itself. */
export function pictureOfShop(shop: Catalogued): TitlePicture | undefined {
  const { name, tagline } = identityOf(shop.catalog)
  return describe(shop, 'shop', name, tagline ?? '')
}

/** Finds a picture by its name. Undefined if it would show something else today, or if what it is of isn't shown to everybody. */
export function findTitlePicture({ catalog }: Catalogued, name: string): TitlePicture | undefined {
  const [matched, what, slug = ''] = OF_WHAT.exec(name) ?? []
  const found = matched && pictureOf({ catalog }, what, slug)
  return found && found.name === name ? found : undefined
}

function pictureOf(
  { catalog }: Catalogued,
  what: string | undefined,
  slug: string,
): TitlePicture | undefined {
  if (what === undefined) return pictureOfShop({ catalog })
  if (what === 'page') {
    const page = identityOf(catalog).pages.find((each) => each.slug === slug)
    return page && pictureOfPage({ catalog }, page)
  }
  const product = findProduct(catalog, slug)
  return product && product.status !== 'draft' ? pictureOfProduct({ catalog }, product) : undefined
}

function describe(
  { catalog }: Catalogued,
  what: string,
  title: string,
  below: string,
): TitlePicture | undefined {
  if (!hasFonts(title + below)) return undefined
  const direction = FROM_RIGHT_TO_LEFT.test(title) ? 'rtl' : 'ltr'
  const shown = { title, below, direction, ...themeOf(identityOf(catalog)) } as const
  const hash = createHash('sha256')
    .update(JSON.stringify([DRAWING, shown]))
    .digest('hex')
    .slice(0, 12)
  return { name: `${what}-${hash}.png`, ...shown }
}
