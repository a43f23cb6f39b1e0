import type { Fee, Money } from '../../money/index.ts'

/** The file that a product's buyers get, as it was when it was last looked at */
export interface SoldFile {
  name: string
  bytes: number
  /** Whether it can't be delivered until somebody puts it back */
  isMissing: boolean
}

/** What looking at a file has found, and when that began, by performance.now() */
export interface Look {
  at: number
  isThere: Promise<boolean>
}

/** What only some kinds have, read from fields of their own. Anybody may see it. */
export interface KindFacts {
  /** What it opens besides itself, and for how long */
  opens?: Opening
  /** What its buyers' programs may call, at /api/, and how often */
  calls?: { endpoint: string; count: number }
}

/** Something for sale, as anybody may see it. It holds nothing that is paid for: that is PaidContent. */
export interface Product extends KindFacts {
  /** Its name in addresses and in the database */
  slug: string
  title: string
  /** The language of its texts, as a BCP 47 tag */
  lang: string
  /** The name of its kind: see kinds/ */
  kind: string
  summary: string
  /** Whether it is for sale. What was withdrawn is kept for its buyers; so is a draft, which nobody else sees. */
  status: 'sold' | 'withdrawn' | 'draft'
  /** Its place on the storefront, and its own date, in milliseconds since 1970 */
  order: number | undefined
  date: number | undefined
  /** What belongs together, such as a series; each is a slug */
  tags: readonly string[]
  /** When it was written or last changed: its own date or, without one, when its file was saved. Milliseconds since 1970. */
  updatedAt: number
  /** What it costs. If the buyer chooses the amount, the least that it may be. */
  price: Money
  /** What the buyer may choose to pay; undefined for a fixed price */
  choice: Choice | undefined
  /** What it costs in each currency that it is sold in; until a buyer chooses another, it is the first one */
  prices: readonly Pricing[]
  /** Where the money goes, if not to the shop's own address; base58 */
  destination: string | undefined
  /** What partners get of each payment */
  fees: readonly Fee[]
  /** The account that its page offers to tip; the shop learns nothing of tips */
  tip: { platform: 'x'; username: string } | undefined
  /** The tax that its price includes; undefined for the shop's */
  tax: Tax | undefined
  picture: Picture | undefined
  /** Rendered HTML of the text that everybody may read */
  previewHtml: string
  /** The same without markup, to search in */
  previewText: string
  /** Rendered HTML for the page of a paid order; empty if there is nothing to add */
  thanksHtml: string
  /** How many words everybody may read, and how many are paid for */
  words: { preview: number; paid: number }
  /** How many pictures in the text are paid for */
  pictures: { paid: number }
  /** The file that its buyers get: what it is, without what is in it */
  file: SoldFile | undefined
}

/** The other products that a purchase opens: those with a tag or, without one, all; for so many whole days. */
export interface Opening {
  tag: string | undefined
  days: number
}

/** A price in one currency or, if the buyer chooses, the least price and the choice. */
export interface Pricing {
  price: Money
  choice?: Choice | undefined
}

/** A tax that prices include. The rate counts hundredths of a percent. */
export interface Tax {
  rate: number
  label: string
}

/** The amounts that a buyer may choose from, in hundredths of the price's currency. */
export interface Choice {
  from: number
  to: number
  /** The first one is chosen until the buyer chooses another */
  suggested: readonly number[]
}

/** A picture of a product. Width and height are pixels, after rotation. */
export interface Picture {
  /** Absolute */
  path: string
  /** Its name in addresses. It changes with the content, so that browsers may cache it forever. */
  name: string
  type: string
  width: number
  height: number
  /** A description for those who can't see it; empty if it is only decoration */
  alt: string
}

/** What a holder gets in addition to the preview. */
export interface PaidContent {
  /** Rendered HTML of the text that is paid for */
  html: string
  /** The pictures in that text, by their names in addresses */
  pictures: ReadonlyMap<string, Picture>
  /** An absolute path, and the name that the buyer's file gets */
  file: { path: string; name: string } | undefined
}

/** The catalogue cannot be used. The message has a line for each faulty file: its path, the line, what is wrong. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
}
