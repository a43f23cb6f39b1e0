import type { Database } from '../database.ts'
import { asActionParameters, RECORD_ACTION } from './actions.ts'

/** A one-time link into the desk: the SHA-256 of its code, and the token's HMAC by that code, both in hex. */
export interface DeskLink {
  codeHash: string
  tokenHash: string
}

/** Of a row of desk_links: nobody has used it up, and it can still be used. */
export const IS_GOOD = `
  desk_links.code_hash = @codeHash AND desk_links.token_hash = @tokenHash
    AND desk_links.session IS NULL AND desk_links.expires_at > @now`

const STORE_LINK = `
  INSERT INTO desk_links (code_hash, token_hash, created_at, expires_at)
  VALUES (@codeHash, @tokenHash, @now, @expiresAt)`

const FORGET_LINKS = `
  DELETE FROM desk_links
  WHERE expires_at <= @now`

const FIND_LINK = `
  SELECT code_hash
  FROM desk_links
  WHERE ${IS_GOOD}`

/** Stores a link, and forgets those that have expired. `issuedBy`: the command that issued it, for the audit log. */
export async function storeDeskLink(
  db: Database,
  link: DeskLink & { expiresAt: number; issuedBy: string },
  now: number,
): Promise<void> {
  const action = { what: 'desk-link', session: undefined, after: { issuedBy: link.issuedBy } }
  await db.write([FORGET_LINKS, STORE_LINK, RECORD_ACTION], {
    ...asActionParameters(action, now),
    codeHash: link.codeHash,
    tokenHash: link.tokenHash,
    expiresAt: link.expiresAt,
  })
}

/** Returns whether a link could be used now. Changes nothing. */
export async function isLinkGood(db: Database, link: DeskLink, now: number): Promise<boolean> {
  const rows = await db.read(FIND_LINK, { codeHash: link.codeHash, tokenHash: link.tokenHash, now })
  return rows.length > 0
}
