import type { Request } from 'express'
import { isLoopback } from '../config/index.ts'
import type { Shop } from '../shop.ts'
import { isLocalRequest } from '../web/index.ts'

/**
 * Returns whether this shop has a desk without ADMIN_TOKEN: a sandbox that only this machine can reach, which therefore needs
 * no secret of the merchant's. Its one entrance is the link that is printed when it starts.
 */
export function hasLocalDesk({ config }: Pick<Shop, 'config'>): boolean {
  const { adminToken, mode, host, publicUrl } = config
  return adminToken === undefined && mode === 'sandbox' && isLoopback(host) && publicUrl() === undefined
}

/** Returns whether there is a desk for this request. */
export function isDeskOpen(shop: Pick<Shop, 'config'>, req: Request): boolean {
  return shop.config.adminToken !== undefined || (hasLocalDesk(shop) && isLocalRequest(req))
}

/** What a session or a link proves to have been made under. A local desk has no token, and a shop that gets one ends its sessions. */
export function tokenOf({ config }: Pick<Shop, 'config'>): string {
  return config.adminToken ?? ''
}
