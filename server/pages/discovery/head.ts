import { identityOf, type Picture } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'

/** A page that others may find and link to. Nothing in here is paid for. */
export interface PublicPage {
  path: string
  title: string
  description: string
  picture?: Picture | undefined
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
export function asHead({ config, catalog }: Shop, page: PublicPage): Head | undefined {
  const base = config.publicUrl()
  if (base === undefined) return undefined
  const { name, socialPicture } = identityOf(catalog)
  const picture = [page.picture, socialPicture].find((one) => one && SHOWN_ELSEWHERE.includes(one.type))
  return {
    canonical: `${base}${page.path}`,
    feed: `${base}/feed.atom`,
    social: [
      ['og:type', 'website'],
      ['og:site_name', name],
      ['og:title', page.title],
      ['og:description', page.description],
      ['og:url', `${base}${page.path}`],
      ...(picture ? describePicture(base, picture) : []),
      ['twitter:card', picture ? 'summary_large_image' : 'summary'],
    ],
  }
}

function describePicture(base: string, { name, width, height, alt }: Picture): [string, string][] {
  const described: [string, string][] = alt ? [['og:image:alt', alt]] : []
  return [
    ['og:image', `${base}/pictures/${name}`],
    ['og:image:width', String(width)],
    ['og:image:height', String(height)],
    ...described,
  ]
}
