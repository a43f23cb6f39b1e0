import type { Request } from 'express'
import { identityOf, listProducts, type Product } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { languageOf } from '../../web/index.ts'
import { changedAt } from './changed-at.ts'

const ENTRIES = 100 // the newest

/** Returns an Atom feed (RFC 4287) of what everybody may read of the products. A locked text is never a part of it. */
export function renderFeed(shop: Shop, req: Request): string {
  const { config, catalog, views } = shop
  const base = config.url()
  const { name, tagline, lang = 'en' } = identityOf(catalog)
  const { code, texts } = languageOf(req)
  const newest = listProducts(catalog)
    .map((product) => ({ ...product, updatedAt: changedAt(shop, product) }))
    .toSorted((one, other) => other.updatedAt - one.updatedAt)
    .slice(0, ENTRIES)
  return views.render('discovery/feed', {
    base,
    name,
    lang: tagline === undefined ? code : lang,
    subtitle: tagline ?? texts.storefront.title,
    updated: asInstant(newest[0]?.updatedAt ?? 0),
    entries: newest.map((product) => asEntry(base, product)),
  })
}

function asEntry(base: string, { slug, title, lang, summary, previewHtml, updatedAt }: Product) {
  const url = `${base}/products/${slug}`
  return {
    url,
    title: asXml(title),
    lang,
    summary: asXml(summary),
    updated: asInstant(updatedAt),
    html: asXml(withWholeAddresses(previewHtml, base, url)),
  }
}

// What XML 1.0 can't contain, even escaped: https://www.w3.org/TR/xml/#charsets
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function asXml(text: string): string {
  return text.replace(NOT_IN_XML, '')
}

function asInstant(at: number): string {
  return new Date(at).toISOString()
}

/** Readers of a feed show it elsewhere, where an address must be whole. The renderer writes each attribute in this form. */
function withWholeAddresses(html: string, base: string, url: string): string {
  return html.replace(/ (href|src)="([/#][^"]*)"/g, (_, attribute, address) => {
    return ` ${attribute}="${address.startsWith('#') ? url : base}${address}"`
  })
}
