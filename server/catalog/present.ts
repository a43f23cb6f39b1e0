import { extname } from 'node:path'
import { formatMoney } from '../../money/index.ts'
import type { PaidContent, Product } from './product.ts'

const WORDS_PER_MINUTE = 220
const ABOVE_THE_FOLD = 3 // of the shop window's cards; pictures further down are loaded when they come near

const count = new Intl.NumberFormat('en')
const size = (unit: string) =>
  new Intl.NumberFormat('en', { style: 'unit', unit, maximumSignificantDigits: 2 })
const SIZES = [
  { from: 1_000_000_000, format: size('gigabyte') },
  { from: 1_000_000, format: size('megabyte') },
  { from: 1_000, format: size('kilobyte') },
  { from: 1, format: size('byte') },
]

/** A product in the shop window; `place` counts from 0. */
export function asCard(product: Product, place: number, locale: string) {
  return {
    slug: product.slug,
    title: product.title,
    summary: product.summary,
    price: formatMoney(product.price, locale),
    label: labelOf(product),
    picture: product.picture && {
      ...asPicture(product.picture),
      loading: place < ABOVE_THE_FOLD ? 'eager' : 'lazy',
    },
  }
}

/** A product on its own page. Nothing in here is paid for: how much there is, not what. */
export function asPage(product: Product, locale: string) {
  return {
    ...asCard(product, 0, locale),
    kind: product.kind,
    gets: whatBuyersGet(product),
    picture: product.picture && { ...asPicture(product.picture), loading: 'eager' },
  }
}

/** What the gate has handed out, for the page that shows it. */
export function asGoods(product: Product, paid: PaidContent) {
  return {
    previewHtml: product.previewHtml,
    paidHtml: paid.html,
    file: product.download && {
      name: product.download.name,
      extent: extentOf(product.download),
      href: `/products/${product.slug}/file`,
    },
  }
}

/** For programs: amounts in hundredths, whatever the language. */
export function asOffer({ slug, title, kind, price }: Product) {
  return { slug, title, kind, amount: price.hundredths, currency: price.currency }
}

function asPicture({ name, width, height, alt }: NonNullable<Product['picture']>) {
  return { src: `/pictures/${name}`, width, height, alt }
}

function labelOf({ download, words }: Product): string {
  return download ? `Download · ${extentOf(download)}` : `Article · ${minutes(words.preview + words.paid)}`
}

function whatBuyersGet({ download, words }: Product): string[] {
  if (!download) return [`${counted(words.paid, 'more')}, about ${minutes(words.paid)}`]
  const file = `${download.name} (${extentOf(download)})`
  return words.paid > 0 ? [file, `${counted(words.paid)} on how to use it`] : [file]
}

function extentOf({ name, bytes }: { name: string; bytes: number }): string {
  const type = extname(name).slice(1).toUpperCase()
  const { from, format } = SIZES.find((unit) => bytes >= unit.from) ?? { from: 1, format: size('byte') }
  return [type, format.format(bytes / from)].filter(Boolean).join(', ')
}

function minutes(words: number): string {
  return `${Math.max(1, Math.round(words / WORDS_PER_MINUTE))} min`
}

function counted(words: number, more = ''): string {
  return [count.format(words), more, words === 1 ? 'word' : 'words'].filter(Boolean).join(' ')
}
