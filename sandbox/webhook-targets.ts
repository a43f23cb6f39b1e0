import { isLoopback } from './hosts.ts'

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
