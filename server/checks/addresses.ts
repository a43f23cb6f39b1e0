import { BlockList, isIP } from 'node:net'

const OTHERS: [network: string, bits: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'], // shared by the customers of a provider (RFC 6598)
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
]

const notPublic = new BlockList()
for (const [network, bits, family] of OTHERS) notPublic.addSubnet(network, bits, family)

/** Returns whether an IP address can be that of a buyer on the internet: none of this machine, or of a private network. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  const family = isIP(plain)
  return family !== 0 && !notPublic.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** Returns whether an IP address is this machine's own, at which nobody else can reach it. */
export function isLoopback(address: string): boolean {
  return /^(?:::1$|(?:::ffff:)?127\.)/i.test(address)
}
