import { BlockList, isIPv4, isIPv6 } from 'node:net'

const loopback = new BlockList() // it also recognises IPv4 addresses inside IPv6
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
loopback.addAddress('0.0.0.0', 'ipv4') // these two lead to this machine as well
loopback.addAddress('::', 'ipv6')

/** Returns whether a URL's host name is this machine's own, without looking it up: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

/** Returns whether an address, from a lookup or a connection, is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
