import { identityOf, type Picture } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { pictureOfShop, SIZE, type TitlePicture } from './title-picture.ts'

/** A page that others may find and link to. Nothing in here is paid for. */
export interface PublicPage {
  path: string
  title: string
  description: string
  picture?: Picture | undefined
  /** In place of a picture; without one, the shop's */
  titlePicture?: TitlePicture | undefined
}

/** What the head of a page says to search engines and to those who share a link to it. */
export interface Head {
  canonical: string
  feed: string
  /** Properties of OpenGraph and Twitter, each with its value */
  social: [property: string, content: string][]
}

/** The types of pictures that sites and messengers show beside a link. SVG is not among them. */
const SHOWN_ELSEWHERE = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

/** Returns what a page's head says. Undefined without PUBLIC_URL, since an address of this machine leads others nowhere. */
export function asHead(shop: Shop, page: PublicPage): Head | undefined {
  const { config, catalog } = shop
  const base = config.publicUrl()
  if (base === undefined) return undefined
  const { name, socialPicture } = identityOf(catalog)
  const picture =
    describePicture(base, page.picture) ??
    describeTitle(base, page.titlePicture) ??
    describePicture(base, socialPicture) ??
    describeTitle(base, pictureOfShop(shop))
  return {
    canonical: `${base}${page.path}`,
    feed: `${base}/feed.atom`,
    social: [
      ['og:type', 'website'],
      ['og:site_name', name],
      ['og:title', page.title],
      ['og:description', page.description],
      ['og:url', `${base}${page.path}`],
      ...(picture ?? []),
      ['twitter:card', picture ? 'summary_large_image' : 'summary'],
    ],
  }
}

type Described = [property: string, content: string][]

function describePicture(base: string, picture: Picture | undefined): Described | undefined {
  if (!picture || !SHOWN_ELSEWHERE.includes(picture.type)) return undefined
  const { name, width, height, alt } = picture
  const described: Described = alt ? [['og:image:alt', alt]] : []
  return [
    ['og:image', `${base}/pictures/${name}`],
    ['og:image:width', String(width)],
    ['og:image:height', String(height)],
    ...described,
  ]
}

function describeTitle(base: string, picture: TitlePicture | undefined): Described | undefined {
  if (!picture) return undefined
  const { name, title, below } = picture
  return [
    ['og:image', `${base}/social/${name}`],
    ['og:image:width', String(SIZE.width)],
    ['og:image:height', String(SIZE.height)],
    ['og:image:alt', below ? `${title}. ${below}` : title],
  ]
}
