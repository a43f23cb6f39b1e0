import { formatMoney } from '../../money/index.ts'
import type { Language, Texts } from '../texts/index.ts'
import { forReader } from './choose-price.ts'
import { coversOf, kindOf } from './kinds/index.ts'
import { extentOf } from './measures.ts'
import type { Choice, KindFacts, PaidContent, Pricing, Product } from './product.ts'
import { isForeign } from './reader-currency.ts'

const NOTHING_OPEN: ReadonlySet<string> = new Set()
const ABOVE_THE_FOLD = 3 // cards; pictures further down the front page are loaded when they come near

/** A product on the front page; `place` counts from 0, and `open` has the scopes that the visitor's passes give. */
export function asCard(
  product: Product,
  place: number,
  language: Language,
  open: ReadonlySet<string> = NOTHING_OPEN,
) {
  return {
    mark: open.size > 0 ? markOf(product, open, language.texts) : undefined,
    slug: product.slug,
    price: asPrice(forReader(product, language.locale), language),
    ...asHeading(product, language.texts, place < ABOVE_THE_FOLD ? 'eager' : 'lazy'),
  }
}

function markOf(product: Product, open: ReadonlySet<string>, { product: words }: Texts): string | undefined {
  return coversOf(product).some((scope) => open.has(scope)) ? words.openToYou : undefined
}

/** What introduces a product wherever it is shown, the same for every visitor. */
export function asHeading(product: Product, texts: Texts, loading: 'eager' | 'lazy' = 'eager') {
  const { title, lang, summary, picture, tip } = product
  return {
    title,
    lang,
    summary,
    tip,
    label: kindOf(product).label(product, texts),
    picture: picture && { loading, ...asPicture(picture) },
  }
}

/** A product on its own page. Nothing in here is paid for: how much there is, not what. */
export function asPage(product: Product, language: Language) {
  const { gets, words, previewFades } = kindOf(product)
  const { texts, locale } = language
  const { heading, promises, lastStep, paid } = words(texts)
  const first = forReader(product, locale)
  const { currency } = first.price
  const { prices } = product
  const isFirst = ({ price }: Pricing) => price.currency === currency
  const isFree = first.price.hundredths === 0
  return {
    gets: [...gets(product, texts), ...(isFree ? [texts.offer.freePromise] : promises)],
    heading,
    useLink: paid.link,
    lastStep,
    /** What the button asks for, until the buyer chooses another amount or currency */
    due: asDue(first, language),
    isFree,
    isChosen: prices.length > 1 || first.choice !== undefined,
    prices: prices
      .toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)))
      .map((pricing) => ({ ...asPricing(pricing, language), isFirst: isFirst(pricing) })),
    foreignCurrency:
      prices.length === 1 && isForeign(currency, locale) ? nameOf(currency, language) : undefined,
    previewFades,
    isOffSale: product.status !== 'sold',
    ...asCard(product, 0, language),
  }
}

/** What the gate has opened, for the page that shows it. */
export function asGoods(product: Product, paid: PaidContent, texts: Texts) {
  return {
    lang: product.lang,
    previewHtml: product.previewHtml,
    paidHtml: paid.html,
    file: product.file && {
      name: product.file.name,
      extent: extentOf(product.file, texts),
      isMissing: product.file.isMissing,
      href: `/products/${product.slug}/file`,
    },
  }
}

/**
 * What the page of a paid order says about the product, which may have been removed from the catalogue since. `page` is the
 * product's own, if the visitor can open it.
 */
export function asPaid(product: Product | undefined, page: string | undefined, texts: Texts) {
  if (!product) return texts.success.missing
  const { usedAt, words } = kindOf(product)
  return { href: usedAt ?? page, lang: product.lang, thanksHtml: product.thanksHtml, ...words(texts).paid }
}

/** For programs: amounts in hundredths, whatever the language. `available: false` while it can't be delivered. */
export function asOffer(product: Product, available: boolean) {
  const { slug, title, kind } = product
  const opens = !kindOf(product).canBuyAgain // what can be bought again is offered on its page for ever
  return {
    slug,
    title,
    kind,
    ...asPriced(product),
    opens,
    ...asFacts(product),
    ...(!available && { available }),
  }
}

/** The price for programs: `prices` has that in each currency, if there are several. */
export function asPriced({ price, choice, prices }: Product) {
  return {
    amount: price.hundredths,
    currency: price.currency,
    choice,
    ...(prices.length > 1 && { prices: prices.map(asOfferedPrice) }),
  }
}

function asOfferedPrice({ price: { hundredths, currency }, choice }: Pricing) {
  return { amount: hundredths, currency, choice }
}

/** What a program wants to know of goods that it doesn't read: what it may call, and how often; what a pass opens, and for how long. */
function asFacts({ calls, opens }: KindFacts) {
  return {
    ...(calls && { endpoint: calls.endpoint, calls: calls.count }),
    ...(opens && { tag: opens.tag, days: opens.days }),
  }
}

/** One of the currencies that a product is sold in, with what is due until the buyer chooses another amount. */
function asPricing(pricing: Pricing, language: Language) {
  const { price, choice } = pricing
  const code = price.currency.toUpperCase()
  const shown = asPrice(pricing, language)
  return {
    currency: price.currency,
    code,
    /** Stands before the price where that doesn't name the currency already, as in `SEK 5.00` */
    codeBefore: shown.includes(code) ? undefined : code,
    shown,
    due: asDue(pricing, language),
    choice: choice && asChoice(choice, price.currency, language.locale),
  }
}

/** The price in each currency that a product is sold in. */
export function showPrices({ prices }: Product, language: Language): string[] {
  return prices.map((pricing) => asPrice(pricing, language))
}

/** `US Dollar (USD)` */
function nameOf(currency: string, { code }: Language): string {
  const name = new Intl.DisplayNames(code, { type: 'currency' }).of(currency.toUpperCase())
  return `${name} (${currency.toUpperCase()})`
}

function asPrice({ price, choice }: Pricing, { texts, locale }: Language): string {
  const shown = formatMoney(price, locale)
  return choice ? texts.product.from(shown) : shown
}

function asDue({ price, choice }: Pricing, { texts, locale }: Language) {
  const hundredths = choice?.suggested[0] ?? price.hundredths
  const shown = hundredths === 0 ? texts.offer.free : formatMoney({ ...price, hundredths }, locale)
  return { hundredths, shown }
}

function asChoice({ from, to, suggested }: Choice, currency: string, locale: string) {
  const show = (hundredths: number) => formatMoney({ hundredths, currency }, locale)
  return {
    locale,
    from: { hundredths: from, shown: show(from) },
    to: { hundredths: to, shown: show(to) },
    suggested: suggested.map((hundredths) => ({ hundredths, shown: show(hundredths) })),
  }
}

function asPicture({ name, width, height, alt }: NonNullable<Product['picture']>) {
  return { src: `/pictures/${name}`, width, height, alt }
}
