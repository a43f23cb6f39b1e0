import { toDecimalText } from '../../../money/index.ts'
import { identityOf, kindOf, type Pricing, type Product } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { asDataBlock } from '../../web/index.ts'
import { changedAt } from './changed-at.ts'

/** The class of the element that has what is paid for, on the page of a product that the gate has opened. */
const PAID_PART = '.paid'

/**
 * Returns what a product is in the words of schema.org, as a block of data for its page. It says that a part is locked, and by
 * which class that part is known: https://schema.org/isAccessibleForFree. Nothing in it is paid for.
 */
export function describeProduct(shop: Shop, product: Product, available: boolean): string {
  const { config, catalog } = shop
  const base = config.url()
  const url = `${base}/products/${product.slug}`
  const about = {
    name: product.title,
    description: product.summary,
    inLanguage: product.lang,
    ...(product.picture && { image: `${base}/pictures/${product.picture.name}` }),
  }
  const offers = product.prices.map((pricing) => ({
    ...describeOffer(pricing),
    url,
    availability: `https://schema.org/${availabilityOf(product, available)}`,
  }))
  const goods = {
    '@type': 'Product',
    '@id': `${url}#product`,
    ...about,
    brand: { '@type': 'Brand', name: identityOf(catalog).name },
    offers: offers.length === 1 ? offers[0] : offers,
  }
  const graph = kindOf(product).isText ? [goods, describeArticle(shop, product, url, about)] : [goods]
  return asDataBlock('type="application/ld+json"', { '@context': 'https://schema.org', '@graph': graph })
}

/** https://schema.org/ItemAvailability */
function availabilityOf({ status }: Product, available: boolean): string {
  if (status !== 'sold') return 'Discontinued'
  return available ? 'InStock' : 'OutOfStock'
}

function describeOffer({ price, choice }: Pricing): object {
  const priceCurrency = price.currency.toUpperCase()
  if (!choice) return { '@type': 'Offer', price: toDecimalText(price.hundredths), priceCurrency }
  const range = { lowPrice: toDecimalText(choice.from), highPrice: toDecimalText(choice.to), offerCount: 1 }
  return { '@type': 'AggregateOffer', ...range, priceCurrency }
}

function describeArticle(shop: Shop, product: Product, url: string, about: object): object {
  return {
    '@type': 'Article',
    '@id': `${url}#article`,
    ...about,
    headline: product.title,
    mainEntityOfPage: url,
    dateModified: new Date(changedAt(shop, product)).toISOString(),
    isAccessibleForFree: false,
    hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: PAID_PART },
  }
}
