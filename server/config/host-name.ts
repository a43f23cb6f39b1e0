import { isIPv4 } from 'node:net'

const HOST_NAME = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/
const LONGEST = 253

/** Returns whether a lower-case name is one in a public domain. Code accepts no underscores, and can't look up a name without a dot. */
export function isHostName(host: string): boolean {
  return host.length <= LONGEST && HOST_NAME.test(host)
}

/** Returns whether Code can deliver webhooks to a URL's host. An IPv6 address has colons, which Code accepts in no host. */
export function canReceiveWebhooks(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return true
  const { hostname } = new URL(url)
  return isHostName(hostname) || isIPv4(hostname)
}

/** The port of https itself is none: URLs leave it out. */
export function hasPort(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).port !== ''
}
