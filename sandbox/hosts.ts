import { isIPv4 } from 'node:net'

/** Returns whether a URL's host name is this machine's own, without looking it up: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
