import { checkFolder, codeRulesOf } from '../catalog/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { type Answer, askOrFail, internet, NoAnswer } from './network.ts'
import { checkSandbox } from './outside-sandbox.ts'
import { notShops } from './own-answer.ts'
import type { Subject } from './subject.ts'

const MOST_PAGES = 4
const HEADERS = {
  Accept: 'text/html',
  'Accept-Encoding': 'identity',
  'Accept-Language': 'en',
  'User-Agent': 'Mozilla/5.0 (Nickel doctor)',
}

/** One page as it came from outside, a second time, and as the shop itself sends it. */
interface Pages {
  path: string
  outside: Answer | NoAnswer
  again: Answer | NoAnswer
  inside: Answer | NoAnswer
}

/** Whether pages arrive as the shop has sent them, and whether a live shop keeps its sandbox to itself. */
export async function checkPages(subject: Subject): Promise<Finding[]> {
  const publicUrl = subject.config.publicUrl()
  const about = { check: 'pages', lookedAt: `The pages at ${publicUrl ?? 'PUBLIC_URL'}, as they arrive` }
  if (publicUrl === undefined)
    return [
      { ...about, ...couldNotCheck('PUBLIC_URL is not set, so pages reach buyers on this machine only.') },
    ]
  const [pages, sandbox] = await Promise.all([
    Promise.all(pathsOf(subject).map((path) => fetchPages(subject, publicUrl, path))),
    subject.config.mode === 'live' ? checkSandbox(subject, publicUrl) : undefined,
  ])
  return [
    { ...about, ...judgePages(pages) },
    { check: 'caching', lookedAt: `${about.lookedAt} for two visitors`, ...judgeCaching(pages) },
    ...(sandbox ? [sandbox] : []),
  ]
}

/** The storefront, a product, and pages that may contain a mail address. */
function pathsOf({ config, clock }: Subject): string[] {
  try {
    const { catalogFolder: folder, timeZoneSet: timeZone } = config
    const { slugs, identity } = checkFolder({ folder, clock, timeZone, codeRules: codeRulesOf(config) })
    const own = (identity?.pages ?? []).map(({ slug }) => `/pages/${slug}`)
    return ['/', ...slugs.slice(0, 1).map((slug) => `/products/${slug}`), ...own].slice(0, MOST_PAGES)
  } catch {
    return ['/'] // what is wrong with the catalogue is another check's
  }
}

async function fetchPages(
  { config, network, signal }: Subject,
  publicUrl: string,
  path: string,
): Promise<Pages> {
  const { host, protocol } = new URL(publicUrl)
  const question = { headers: HEADERS, signal }
  // As a proxy on this machine would, so that the shop sends the same page.
  const asProxy = { ...HEADERS, Host: host, 'X-Forwarded-Proto': protocol.slice(0, -1) }
  const [outside, inside] = await Promise.all([
    askOrFail(network, `${publicUrl}${path}`, question),
    askOrFail(internet, `${config.localUrl}${path}`, { headers: asProxy, signal }),
  ])
  // A cache has the page only once it has been answered.
  const again =
    outside instanceof NoAnswer ? outside : await askOrFail(network, `${publicUrl}${path}`, question)
  return { path, outside, again, inside }
}

function judgePages(pages: readonly Pages[]): Found {
  const [first] = pages
  if (!first || first.outside instanceof NoAnswer)
    return couldNotCheck('They do not arrive at all; see the finding about the public address.')
  const others = pages.flatMap(({ path, outside, inside }) => {
    if (outside instanceof NoAnswer || inside instanceof NoAnswer || outside.status === inside.status)
      return []
    return [`${path} with ${outside.status} instead of ${inside.status}`]
  })
  if (others.length > 0)
    return lookAtThis(
      `Something between shop and buyers answers with another HTTP status: ${others.join('; ')}. Buyers may not see these pages at all.`,
      'Let the proxy or content delivery network pass requests for pages on to the shop, and its answers back.',
    )
  if (!pages.some(isShops)) return notShops([first.outside])
  const changes = pages.flatMap(({ path, outside, inside }) => {
    const change = outside instanceof NoAnswer ? undefined : findChange(outside, inside)
    return change ? [`${path}: ${change}`] : []
  })
  if (changes.length > 0)
    return lookAtThis(
      `${changes.join('; ')}. Buyers don’t see the pages as you have made them, browsers block scripts that the shop doesn’t know, and a changed page may have no button that works.`,
      'Switch that off at the proxy or content delivery network. At Cloudflare: Email Address Obfuscation, Rocket Loader, Auto Minify, Web Analytics.',
    )
  return pages.some(({ inside }) => inside instanceof NoAnswer)
    ? couldNotCheck(
        'Nothing that is known to change pages was found in them, but the shop could not be asked directly, so it is not certain.',
        'Run this on the machine of the shop.',
      )
    : fine('They arrive byte for byte as the shop sends them.')
}

/** Whether a page arrived that can be the shop's, and not a proxy's about a shop that is stopped. */
function isShops({ outside, inside }: Pages): boolean {
  if (outside instanceof NoAnswer) return false
  return inside instanceof NoAnswer ? outside.status < 400 : outside.status === inside.status
}

const MAIL_HIDDEN = /data-cfemail|__cf_email__|\/cdn-cgi\/l\/email-protection/
const INJECTED = /\/cdn-cgi\/|rocket-loader|cloudflareinsights\.com|data-cf-beacon/

/** Says how a page was changed on its way; undefined if it wasn't, as far as can be told. */
function findChange(outside: Answer, inside: Answer | NoAnswer): string | undefined {
  const came = outside.body.toString()
  const sent = inside instanceof NoAnswer ? undefined : inside.body.toString()
  const isNew = (pattern: RegExp) => pattern.test(came) && !(sent !== undefined && pattern.test(sent))
  if (isNew(MAIL_HIDDEN)) return 'mail addresses were hidden, so that nobody without scripts can read them'
  if (sent === undefined) return INJECTED.test(came) ? 'a script was added' : undefined
  if (count(came, /<script\b/gi) > count(sent, /<script\b/gi)) return 'a script was added'
  if (came !== sent) return isSameButSpace(came, sent) ? 'it was minified' : 'it was rewritten'
  const policy = 'content-security-policy'
  return outside.headers[policy] === (inside as Answer).headers[policy]
    ? undefined
    : 'its Content-Security-Policy was changed'
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function isSameButSpace(one: string, other: string): boolean {
  const bare = (text: string) => text.replace(/<!--.*?-->/gs, '').replace(/[\s"]+/g, '')
  return bare(one) === bare(other)
}

function judgeCaching(pages: readonly Pages[]): Found {
  const arrived = pages.filter(
    ({ outside, again }) => !(outside instanceof NoAnswer || again instanceof NoAnswer),
  )
  if (arrived.length === 0) return couldNotCheck('They do not arrive at all.')
  if (!arrived.some(isShops)) return notShops(arrived.map(({ outside }) => outside))
  const shared = arrived.find(({ outside, again }) => hasSameCookie(outside as Answer, again as Answer))
  if (shared)
    return broken(
      `${shared.path}: both were given the same cookie, so a cache between shop and buyers stores pages with it. What one buyer pays for, others can open as well.`,
      'Switch caching of pages off at the proxy or content delivery network, or let it obey Cache-Control.',
    )
  const cached = arrived.filter((page) => isCached(page.outside as Answer) || isCached(page.again as Answer))
  if (cached.length > 0)
    return lookAtThis(
      `${cached.map(({ path }) => path).join(', ')}: from a cache between shop and buyers. After a change of a price, buyers see the old one, and have to load the page again to pay.`,
      'Let the cache obey Cache-Control, or switch it off for pages.',
    )
  return fine('Each visitor gets a page of their own.')
}

const SECRET = /^[^=]+=[^;]{16,}/ // others are the same for everybody, such as one that removes a former cookie

function hasSameCookie(one: Answer, other: Answer): boolean {
  const cookies = (answer: Answer) =>
    (answer.headers['set-cookie'] ?? []).flatMap((line) => SECRET.exec(line)?.[0] ?? [])
  return cookies(one).some((cookie) => cookies(other).includes(cookie))
}

function isCached({ headers }: Answer): boolean {
  const told = [headers['cf-cache-status'], headers['x-cache'], headers['x-cache-status']].join(' ')
  return Number(headers.age ?? 0) > 0 || /\bhit\b/i.test(told)
}
