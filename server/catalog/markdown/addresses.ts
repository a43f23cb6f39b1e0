import type { Token } from 'markdown-it'
import { Fault } from '../fault.ts'
import type { Text } from './text.ts'

const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const WEB = /^https?:/i
const HOST = /^https?:\/\/[^/?#]/i // browsers read https:x as a path, or as another host
const FROM_THE_ROOT = /^\//
const OTHER_HOST = /^\/\// // with the scheme of the page, which feed readers don't know
const MARKDOWN = /^[^:?#]*\.md(?:[?#]|$)/
const PAGE = /^\/(?:(?:products|pages)\/[a-z0-9-]+|purchases)?$/
const WITHOUT_SLASH = /^(?:products|pages|tags)\//
const LONGEST_SHOWN = 80 // characters; a picture may stand in its address
const ORIGIN = 'https://shop.invalid' // only the paths matter

/** Calls `visit` with every token that has an address, and its line in the text, counted from 0. */
export function visitAddresses(text: Text, visit: (token: Token, line: number) => void): void {
  let line = 0
  for (const { map, children } of text) {
    line = map?.[0] ?? line // cells of a table have none, so their row's line counts
    visitInline(children ?? [], line, visit)
  }
}

function visitInline(
  inline: readonly Token[],
  first: number,
  visit: (token: Token, line: number) => void,
): void {
  let line = first
  for (const token of inline) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1
    if (token.type === 'link_open' || token.type === 'image') visit(token, line)
  }
}

/**
 * Returns where a link leads, independent of the page that it is on: the same text is shown at several addresses. `ids` are
 * those of the headings; `baseOf` returns the address from which a relative link leads. Throws Fault.
 */
export function resolveLink(
  written: string,
  { baseOf, ids }: { baseOf: (href: string) => string; ids: ReadonlySet<string> },
  line: number,
): string {
  const href = written.replace(OTHER_HOST, 'https://')
  if (WEB.test(href) && !HOST.test(href)) throw new Fault(line, explainLink(href))
  if (SCHEME.test(href) || (FROM_THE_ROOT.test(href) && !MARKDOWN.test(href))) return href
  if (href.startsWith('#')) return resolveFragment(href, ids, line)
  const { pathname, search, hash } = new URL(href, `${ORIGIN}${baseOf(href)}`)
  if (href && PAGE.test(pathname)) return `${pathname}${search}${hash}`
  throw new Fault(line, explainLink(href))
}

function resolveFragment(href: string, ids: ReadonlySet<string>, line: number): string {
  if (ids.has(decode(href.slice(1)))) return href
  throw new Fault(line, `no heading on the same page has the address ${show(href)}`)
}

function explainLink(href: string): string {
  const shown = show(href)
  if (!shown) return 'a link has no address'
  if (MARKDOWN.test(shown))
    return `the link to ${shown} leads to a file: name the other page by its slug, like [next](other-product)`
  if (WITHOUT_SLASH.test(shown)) return `the link to ${shown} leads nowhere: write /${shown}`
  return `the link to ${shown} leads nowhere: write a whole address, like https://example.com, or the slug of another product, like [next](other-product), or of a page, like [imprint](/pages/imprint)`
}

/** Returns the name of a picture's file, as a path from the catalogue's folder. Throws Fault. */
export function pictureFileOf(src: string, line: number): string {
  if (!src) throw new Fault(line, 'a picture has no address')
  if (FROM_THE_ROOT.test(src) && !OTHER_HOST.test(src))
    throw new Fault(
      line,
      `the picture ${show(src)} begins with a slash: write its path inside the catalogue's folder without one, like ![A loaf](pictures/bread.webp)`,
    )
  if (SCHEME.test(src) || FROM_THE_ROOT.test(src))
    throw new Fault(
      line,
      `the picture ${show(src)} cannot be shown, since pages load pictures from this shop only: save it inside the catalogue's folder and write its path, like ![A loaf](pictures/bread.webp)`,
    )
  return decode(src)
}

/** Returns an address as its author wrote it, for a message. */
function show(address: string): string {
  const shown = decode(address)
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown
}

/** Control characters stay encoded: no file has such a name, and a terminal would obey them. */
function decode(address: string): string {
  try {
    const decoded = decodeURIComponent(address)
    return /\p{Cc}/u.test(decoded) ? address : decoded
  } catch {
    return address
  }
}
