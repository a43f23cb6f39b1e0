import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

const LONGEST_URL = 2_000
const AUTHORITY = /^https?:\/\/([^/?#\\]+)/i
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/
const CONTROL = /\p{Cc}/u // `URL` drops line breaks and tabs
const LOOKUP_LIMIT_MS = 2_000

/**
 * Returns whether Code would accept this webhook URL: http or https, and a host name of lower-case letters, digits, dots and
 * hyphens. Code refuses capitals and underscores, so the host is read from the text: `URL` would normalise it.
 */
export function isWebhookUrl(text: string): boolean {
  if (text.length > LONGEST_URL || CONTROL.test(text) || !URL.canParse(text)) return false
  const { hostname, username, password } = new URL(text)
  const host = AUTHORITY.exec(text)?.[1]?.replace(/:\d*$/, '')
  return host === hostname && HOST.test(host) && username === '' && password === ''
}

/** Returns whether the host name can be resolved. An IP address needs no resolution. */
export async function resolves({ hostname }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return true
  const limit = new Promise<boolean>((resolve) => setTimeout(resolve, LOOKUP_LIMIT_MS, false).unref())
  const answer = lookup(host).then(
    () => true,
    () => false,
  )
  return Promise.race([answer, limit])
}
