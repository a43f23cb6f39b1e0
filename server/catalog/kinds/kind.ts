import type { Grant } from '../../../db/index.ts'
import type { Texts } from '../../texts/index.ts'
import type * as z from '../../zod.ts'
import type { Text } from '../markdown/index.ts'
import type { FieldPath } from '../parse-yaml.ts'
import type { KindFacts, Pricing, Product } from '../product.ts'

/** A kind of goods, with everything that the shop knows about it. No code outside this folder names a kind. */
export interface Kind {
  /** In product files, orders and /products.json */
  name: string
  /** The name with its indefinite article, for use in sentences: 'an article' */
  noun: string
  /** Its front-matter fields in addition to those of every product. The schema of `price` is its price rule. */
  fields: { price: z.ZodType<Pricing[]> } & Readonly<Record<string, z.ZodType>>
  /**
   * Whether a buyer who has it may buy it again. Its page offers it forever then, so there is no page that shows paid content:
   * `readGoods` returns thanks instead.
   */
  canBuyAgain: boolean
  /** Divides a product file into what is shown and what is paid for. The fields have passed `fields`. Throws Fault. */
  readGoods(fields: Record<string, unknown>, file: ProductFile): Goods
  /** What a paid order of it gives; empty for goods that need no access */
  grants(product: Product): Grant[]
  /** A few words that stand above its title */
  label(product: Product, texts: Texts): string
  /** List entries that say what a buyer gets: how much there is, without giving any of it away */
  gets(product: Product, texts: Texts): string[]
  /** The texts about every product of this kind */
  words(texts: Texts): KindWords
  /** Whether those who have a pass get its goods as well */
  isOpenedByPasses: boolean
  /** The page on which its buyers use it, if that isn't the product's own */
  usedAt?: string
  /** Whether its goods are a text, which search engines know as an article with a locked part */
  isText: boolean
  /** Whether the preview breaks off, so that its last lines fade */
  previewFades: boolean
}

/** The texts about every product of a kind: around the button, and once it is paid. */
export interface KindWords {
  heading: string
  /** List entries below those of `gets` */
  promises: readonly string[]
  /** What happens after the payment is approved */
  lastStep: string
  /** On the page of a paid order: around the product's title, and on the link to its page */
  paid: { before: string; after: string; link: string }
}

/** What a kind reads in addition to its fields. */
export interface ProductFile {
  /** The text before `<!-- more -->`, or the whole text */
  before: Text
  /** The text after `<!-- more -->`; undefined if there is no such line */
  after: Text | undefined
  /** The catalogue's folder */
  folder: string
  /** Makes a Fault that points to the line of a field */
  faultAt(path: FieldPath, message: string): Error
}

/** The parts of a product file. */
export interface Goods {
  preview: Text
  /** Behind the gate, as `file` is. Both only for a kind that can't be bought again. */
  paid: Text
  /** On the page of a paid order, for all its holders. It isn't behind the gate, so it must not be worth the price. */
  thanks?: Text
  /** Absolute path, and the name that the buyer's file gets */
  file?: { path: string; name: string }
  /** What the product has of its fields, for `grants`, `label` and `gets` */
  facts?: KindFacts
}
