import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isLoopback } from '../hosts.ts'

const LONGEST_URL = 2_000
const SCHEME = /^(https?):/i
const AUTHORITY = /^https?:\/\/([^/?#\\]+)/i
const PORT = /:\d*$/
const NOT_IN_HOSTS = /[^a-z0-9.-]/
const CONTROL = /\p{Cc}/u // `URL` drops line breaks and tabs
const LOOKUP_LIMIT_MS = 2_000

interface Rules {
  /** Whether webhooks may be sent to a URL */
  allowsWebhookTo(url: URL): boolean
  /** Whether http is refused, unless it leads to this machine or to a host that is allowed by name */
  requiresHttps?: boolean
}

/** What is wrong with a webhook URL: why Code would not accept it, in Code's words where it has any, or a rule of the sandbox's. */
export type UrlFault = { reason: string } | 'not allowed'

/** Returns what is wrong with a webhook URL, or undefined. A host that must not get webhooks isn't looked up. */
export async function findUrlFault(text: string, rules: Rules): Promise<UrlFault | undefined> {
  const syntaxError = findSyntaxError(text, rules)
  if (syntaxError !== undefined) return { reason: syntaxError }
  const url = new URL(text)
  if (!rules.allowsWebhookTo(url)) return 'not allowed'
  const lookupError = await findLookupError(url)
  return lookupError === undefined ? undefined : { reason: lookupError }
}

function findSyntaxError(text: string, rules: Rules): string | undefined {
  if (text.length > LONGEST_URL) return `url is longer than ${LONGEST_URL} characters`
  if (CONTROL.test(text)) return 'url contains a control character'
  return findSchemeError(text, rules) ?? findHostError(text, rules)
}

/** Code reads a URL without a scheme as http, and then can't send anything there. Here it has none. */
function findSchemeError(
  text: string,
  { allowsWebhookTo, requiresHttps = false }: Rules,
): string | undefined {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme === 'https') return undefined
  if (scheme === 'http' && (!requiresHttps || isOurs(text, allowsWebhookTo))) return undefined
  return requiresHttps ? 'url scheme must be https' : 'url scheme must be http or https'
}

/**
 * Code accepts lower-case letters, digits, dots and hyphens, and takes a port for a part of the host name. The host is read
 * from the text, because `URL` would normalise it.
 */
function findHostError(text: string, { allowsWebhookTo }: Rules): string | undefined {
  const authority = AUTHORITY.exec(text)?.[1]
  if (authority === undefined) return 'host component missing'
  if (authority.includes('@')) return 'url contains a user name or password'
  const host = authority.replace(PORT, '')
  const rune = isIPv6(host) ? undefined : NOT_IN_HOSTS.exec(host)?.[0]
  if (rune !== undefined) return notADomain(rune)
  if (!URL.canParse(text) || new URL(text).hostname !== host) return 'host is not a valid domain name'
  return host === authority || isOurs(text, allowsWebhookTo) ? undefined : notADomain(':')
}

function isIPv6(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/.test(host)
}

function notADomain(rune: string): string {
  const number = (rune.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `host is not a valid domain name: domain name is invalid: idna: disallowed rune U+${number}`
}

/** Returns whether a URL leads to this machine or to a host that is allowed by name, so that it may have a port and http. */
function isOurs(text: string, allowsWebhookTo: Rules['allowsWebhookTo']): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return isLoopback(url.hostname) || allowsWebhookTo(url)
}

/** Returns why a URL's host can't be found, in Code's words, or undefined. An IP address needs no lookup. */
async function findLookupError({ hostname }: URL): Promise<string | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return undefined
  const limit = new Promise<boolean>((resolve) => setTimeout(resolve, LOOKUP_LIMIT_MS, false).unref())
  const answer = lookup(host).then(
    () => true,
    () => false,
  )
  const isFound = await Promise.race([answer, limit])
  return isFound ? undefined : `error resolving hostname: lookup ${host}: no such host`
}
