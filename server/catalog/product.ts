import type { Money } from '../../money/index.ts'

/** Something for sale, as anybody may see it. What is paid for is not in here: see read-catalog.ts and gate.ts. */
export interface Product {
  /** In addresses, and the key in every table */
  slug: string
  title: string
  /** The name of its kind: see kinds/ */
  kind: string
  summary: string
  price: Money
  picture: Picture | undefined
  /** Rendered HTML of what stands before `<!-- more -->` */
  previewHtml: string
  /** How many words stand before `<!-- more -->`, and how many after it */
  words: { preview: number; paid: number }
  /** The file that its buyers get: what it is, without what is in it */
  file: { name: string; bytes: number } | undefined
}

/** A picture of a product, for everybody. Width and height in pixels, as people see it. */
export interface Picture {
  /** Where it lies, absolute */
  path: string
  /** In addresses: it changes with the content, so that browsers may keep it for ever */
  name: string
  type: string
  width: number
  height: number
  /** What it shows, for those who don't see it; empty where it only decorates */
  alt: string
}

/** What a holder gets besides the preview. */
export interface PaidContent {
  /** Rendered HTML of what stands after `<!-- more -->` */
  html: string
  /** An absolute path, and the name that the buyer's file gets */
  file: { path: string; name: string } | undefined
}

/** The catalogue cannot be used; the message has a line for each fault: file, line, what is wrong. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
}
