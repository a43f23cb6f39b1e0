import type { Picture, Tax } from '../product.ts'

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
  /** Shown beside the name, or in its place */
  logo: Logo | undefined
  /** In place of a logo: the path of a coin, 32 units wide and high */
  coin: string
  icon: Icon
  /** As #rrggbb; undefined for the colours of tokens.css */
  accent: Accent | undefined
  /** Where browsers load the style sheet with these colours from; undefined without them */
  stylesheet: string | undefined
  seller: Seller | undefined
  /** The tax that prices include, unless a product names another; undefined for none */
  tax: Tax | undefined
  /** What other sites show beside a link to the shop */
  socialPicture: Picture | undefined
  /** Slugs of the products that come first on the storefront */
  order: readonly string[]
  /** In the order in which the footer links to them */
  pages: readonly OwnPage[]
  /** What browsers load from /identity/, by name: logo, icon and style sheet */
  files: ReadonlyMap<string, IdentityFile>
  /** Pictures of the merchant's pages, and the social one, by their names in addresses */
  pictures: ReadonlyMap<string, Picture>
}

/** A file that browsers load, small enough to be kept. Its name changes with its content. */
export interface IdentityFile {
  type: string
  content: Buffer
}

export interface Logo {
  src: string
  /** In pixels, as the masthead shows it */
  width: number
  height: number
  /** Whether it is so wide that it must contain the name */
  isWordmark: boolean
}

/** The picture from which the icons of browsers and phones are made. */
export interface Icon extends IdentityFile {
  /** Where their names begin: `icon-1a2b3c4d5e6f` */
  name: string
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
  address?: string | undefined
  contact?: Contact | undefined
  vatId?: string | undefined
  taxNumber?: string | undefined
}

/** An email address, a web address or a telephone number. */
export interface Contact {
  text: string
  href: string
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
