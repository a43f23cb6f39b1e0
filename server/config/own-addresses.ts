import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

const LOOPBACK = /^(?:localhost|::1|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/

/** Returns whether only this machine reaches what listens on a host, as HOST names it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/** Returns the addresses that other devices know this machine by, in the form that a URL has. */
export function ownAddresses(families: readonly string[] = ['IPv4', 'IPv6']): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((each) => families.includes(each.family) && !each.internal && !isLinkLocal(each))
    .map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address))
}

/** A link-local IPv6 address needs a zone, which a URL can't have. */
function isLinkLocal(each: NetworkInterfaceInfo): boolean {
  return each.family === 'IPv6' && each.scopeid > 0
}
