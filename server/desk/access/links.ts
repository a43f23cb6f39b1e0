import { type DeskLink, isLinkGood, storeDeskLink } from '../../../db/index.ts'
import { asSecret, hmac, newSecret, sha256 } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { MINUTE_MS } from '../../time.ts'
import { tokenOf } from '../entrance.ts'

const DESK_LINK_LIFE_MS = 10 * MINUTE_MS

/** Makes a one-time link into the desk. `issuedBy`: the command, for the audit log. */
export async function issueDeskLink(
  shop: Pick<Shop, 'config' | 'db' | 'clock'>,
  issuedBy: string,
): Promise<string> {
  const code = newSecret()
  const now = shop.clock.now()
  await storeDeskLink(shop.db, { ...hashesOf(shop, code), expiresAt: now + DESK_LINK_LIFE_MS, issuedBy }, now)
  return `${shop.config.url()}/desk/enter?code=${code}`
}

/** Returns a link's hashes, if it can still be used. A look at a link uses up nothing. */
export async function findLink(shop: Shop, code: string): Promise<DeskLink | undefined> {
  const link = asSecret(code) === undefined ? undefined : hashesOf(shop, code)
  return link && (await isLinkGood(shop.db, link, shop.clock.now())) ? link : undefined
}

function hashesOf(shop: Pick<Shop, 'config'>, code: string): DeskLink {
  return { codeHash: sha256(code), tokenHash: hmac(code, tokenOf(shop)) }
}
