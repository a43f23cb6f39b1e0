import type { Picture } from '../product.ts'

/** What makes the shop the merchant's own, as `shop.yaml` says it. Everything that buyers read about the shop comes from here. */
export interface Identity {
  name: string
  /** The heading of the storefront; undefined for the one of the texts */
  tagline: string | undefined
  /** What the shop sells, in a sentence or two; undefined for the one of the texts */
  description: string | undefined
  /** The language of the shop's pages, as a BCP 47 tag; undefined for the reader's own */
  lang: string | undefined
  /** In which people read times, as an IANA name; undefined for TIME_ZONE */
  timeZone: string | undefined
  /** Shown beside the name; undefined for a coin */
  logo: Picture | undefined
  /** The picture from which the icons of browsers and phones are made; undefined for a coin */
  icon: Picture | undefined
  /** As #rrggbb; undefined for the colours of tokens.css */
  accent: Accent | undefined
  seller: Seller | undefined
  /** What other sites show beside a link to the shop */
  socialPicture: Picture | undefined
  /** Slugs of the products that come first on the storefront */
  order: readonly string[]
  /** In the order in which the footer links to them */
  pages: readonly OwnPage[]
}

/** The colour of links and buttons, on light and on dark pages. */
export interface Accent {
  light: string
  dark: string
}

/** Who sells here, as receipts and the footer say it. */
export interface Seller {
  name: string
  /** With line breaks */
  address: string | undefined
  /** An email address, a web address or a telephone number */
  contact: string | undefined
  taxNumber: string | undefined
}

/** A page of the merchant's, such as an imprint. */
export interface OwnPage {
  slug: string
  title: string
  /** As a BCP 47 tag */
  lang: string
  /** Rendered HTML */
  html: string
}

/** The identity of a shop whose catalogue has no `shop.yaml`. */
export const DEFAULT_IDENTITY: Identity = Object.freeze({
  name: 'Nickel',
  tagline: undefined,
  description: undefined,
  lang: undefined,
  timeZone: undefined,
  logo: undefined,
  icon: undefined,
  accent: undefined,
  seller: undefined,
  socialPicture: undefined,
  order: [],
  pages: [],
})
