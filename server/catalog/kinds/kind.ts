import type { z } from 'zod'
import type { Money } from '../../../money/index.ts'
import type { FieldPath } from '../front-matter.ts'
import type { Product } from '../product.ts'

/** A kind of goods: everything that the shop knows about it. Outside of this folder, no code names one. */
export interface Kind {
  /** In product files, orders and /products.json */
  name: string
  /** With its article, for sentences: 'an article' */
  noun: string
  /** The front-matter fields that it has besides those of every product. What `price` takes is its price rule. */
  fields: { price: z.ZodType<Money> } & Readonly<Record<string, z.ZodType>>
  /** Whether somebody who has it may buy it again */
  canBuyAgain: boolean
  /** Decides what of a product file is shown and what is paid for; `fields` has checked the fields. Throws Fault. */
  readGoods(fields: Record<string, unknown>, file: ProductFile): Goods
  /** What a paid order of it gives: nothing, where nothing is locked */
  grants(product: Product): Grant[]
  /** A few words above its title */
  label(product: Product): string
  /** What a buyer gets, as list entries: how much there is, and nothing of what is in it */
  gets(product: Product): string[]
  /** The words around the button */
  offer: {
    heading: string
    /** List entries below those of `gets` */
    promises: readonly string[]
    /** What happens after the payment is approved */
    lastStep: string
  }
  /** Whether the preview breaks off, so that its end should fade */
  previewFades: boolean
}

/** What a kind reads besides its fields. */
export interface ProductFile {
  /** Markdown before `<!-- more -->`, or all of it */
  before: string
  /** Markdown after `<!-- more -->`; undefined where there is no such line */
  after: string | undefined
  /** The catalogue's folder */
  folder: string
  /** Makes a Fault with the line of a field */
  faultAt(path: FieldPath, message: string): Error
}

/** A product file, divided. Both texts are Markdown. */
export interface Goods {
  preview: string
  paid: string
  /** Absolute path, and the name that the buyer's file gets */
  file?: { path: string; name: string }
}

/** One right that a paid order gives to its holders. */
export interface Grant {
  /** What it opens: `product:<slug>` */
  scope: string
  /** How many days it lasts; null: for ever */
  days: number | null
  /** How many calls of an API it is good for; null: it is not about calls */
  calls: number | null
}
