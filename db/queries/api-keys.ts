import type { Database } from '../database.ts'
import { IS_VALID } from './access.ts'
import { ADD_UP_CALLS, toCalls } from './api-calls.ts'
import type { Instant } from './windows.ts'

/** What a buyer has of one part of the API. */
export interface ApiAccess {
  /** `api:<endpoint>` */
  scope: string
  callsLeft: number
  callsBought: number
  /** When the key was made, and its SHA-256 (hex); undefined without one */
  keySince: number | undefined
  keyHash: string | undefined
}

const FIND_ACCESS = `
  SELECT entitlements.scope, ${ADD_UP_CALLS}, MAX(api_keys.created_at) AS key_since,
    MAX(api_keys.key_hash) AS key_hash
  FROM entitlements
  JOIN grants ON grants.order_id = entitlements.order_id AND grants.scope = entitlements.scope
  LEFT JOIN allowances ON allowances.order_id = entitlements.order_id
  LEFT JOIN api_keys ON api_keys.buyer = entitlements.buyer AND api_keys.scope = entitlements.scope
  WHERE entitlements.buyer = @buyer AND grants.calls IS NOT NULL AND ${IS_VALID}
  GROUP BY entitlements.scope
  ORDER BY entitlements.scope`

const MAY_CALL = `
  EXISTS (
    SELECT 1 FROM entitlements
    WHERE entitlements.buyer = @buyer AND entitlements.scope = @scope AND ${IS_VALID})`

// Only for a buyer who has bought calls, whether or not any are left. A form that is sent again would replace another key than
// the one that it was shown with.
const MAKE_KEY = `
  INSERT INTO api_keys (key_hash, buyer, scope, created_at)
  SELECT CAST(@keyHash AS TEXT), buyers.id, CAST(@scope AS TEXT), CAST(@now AS BIGINT)
  FROM buyers
  WHERE buyers.id = @buyer AND ${MAY_CALL}
  ON CONFLICT (buyer, scope) DO UPDATE
  SET key_hash = excluded.key_hash, created_at = excluded.created_at
  WHERE CAST(@replaces AS TEXT) IS NULL
  RETURNING buyer`

// A statement of its own: one that inserts would make a key where the named one is ended at the same time.
const REPLACE_KEY = `
  UPDATE api_keys
  SET key_hash = @keyHash, created_at = @now
  WHERE buyer = @buyer AND scope = @scope AND key_hash = @replaces AND ${MAY_CALL}
  RETURNING buyer`

const REVOKE_KEY = `
  DELETE FROM api_keys
  WHERE buyer = @buyer AND scope = @scope AND (CAST(@named AS TEXT) IS NULL OR key_hash = @named)
  RETURNING buyer`

/** Ends all keys of a buyer. */
export const END_KEYS = `
  DELETE FROM api_keys
  WHERE buyer = @buyer`

const FIND_KEYS = `
  SELECT scope
  FROM api_keys
  WHERE buyer = @buyer
  ORDER BY scope`

const HAS_ENDED_ACCESS = `
  SELECT 1 AS ended
  WHERE NOT ${MAY_CALL} AND EXISTS (
    SELECT 1 FROM entitlements
    WHERE entitlements.buyer = @buyer AND entitlements.scope = @scope)`

const FIND_KEY_HOLDER = `
  SELECT buyer
  FROM api_keys
  WHERE key_hash = @keyHash AND scope = @scope`

/** Finds which parts of the API this buyer may call now. */
export async function findApiAccess(db: Database, buyer: string, today: number): Promise<ApiAccess[]> {
  const rows = await db.read(FIND_ACCESS, { buyer, today })
  return rows.map((row) => ({
    scope: row.scope as string,
    ...toCalls(row),
    keySince: row.key_since === null ? undefined : Number(row.key_since),
    keyHash: (row.key_hash as string | null) ?? undefined,
  }))
}

/**
 * Gives the buyer a key, of which this is the SHA-256 (hex), in place of the one that `replaces` is the SHA-256 of: of none if
 * that is empty, and of any without it. False if their key isn't that one, or if they may not call.
 */
export async function replaceApiKey(
  db: Database,
  key: { keyHash: string; buyer: string; scope: string; replaces?: string | undefined },
  { now, today }: Instant,
): Promise<boolean> {
  const statement = key.replaces ? REPLACE_KEY : MAKE_KEY
  const [rows] = await db.write([statement], { ...key, replaces: key.replaces ?? null, now, today })
  return rows?.length === 1
}

/** Ends the buyer's key, if it is the one that `named` is the SHA-256 (hex) of; any without it. False if they have no such key. */
export async function revokeApiKey(
  db: Database,
  buyer: string,
  scope: string,
  named?: string,
): Promise<boolean> {
  const [rows] = await db.write([REVOKE_KEY], { buyer, scope, named: named ?? null })
  return rows?.length === 1
}

/** Finds what a buyer has keys for, as scopes, whether or not these still give calls. */
export async function findKeyScopesOf(db: Database, buyer: string): Promise<string[]> {
  const rows = await db.read(FIND_KEYS, { buyer })
  return rows.map(({ scope }) => scope as string)
}

/** Returns whether all access that this buyer has had to a scope has ended; not if they never had any. */
export async function hasEndedAccess(
  db: Database,
  buyer: string,
  scope: string,
  today: number,
): Promise<boolean> {
  return (await db.read(HAS_ENDED_ACCESS, { buyer, scope, today })).length > 0
}

/** Finds the buyer whose key for this scope has this SHA-256 (hex). */
export async function findKeyHolder(
  db: Database,
  keyHash: string,
  scope: string,
): Promise<string | undefined> {
  const [row] = await db.read(FIND_KEY_HOLDER, { keyHash, scope })
  return row?.buyer as string | undefined
}
