import { lookup } from 'node:dns/promises'
import { isLoopback, isLoopbackAddress } from './hosts.ts'

/** Where a sandbox that runs alone may send webhooks. */
export interface Targets {
  /** Host names, on any port */
  hosts: Set<string>
  origins: Set<string>
  /** Whether webhooks may be sent to any port of this machine */
  allowsLoopback: boolean
}

export function allowsWebhookTo({ hosts, origins, allowsLoopback }: Targets, url: URL): boolean {
  if (origins.has(url.origin)) return true
  return isLoopback(url.hostname) ? allowsLoopback : hosts.has(url.hostname)
}

/** Returns the first of the host names that leads to this machine, although webhooks may be sent only to some of its ports. */
export async function findOwnName({ hosts, allowsLoopback }: Targets): Promise<string | undefined> {
  if (allowsLoopback) return undefined
  for (const host of hosts) if (await leadsHere(host)) return host
  return undefined
}

async function leadsHere(host: string): Promise<boolean> {
  const addresses = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []) // it may not be up yet
  return addresses.some(({ address }) => isLoopbackAddress(address))
}
