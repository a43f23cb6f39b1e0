import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { END_KEYS } from './api-keys.ts'

const WHAT = 'browser-signed-out'

const IS_THEIRS = `
  EXISTS (SELECT 1 FROM sessions WHERE sessions.secret_hash = @secretHash AND sessions.buyer = @buyer)`

// A browser can make a key that goes on without it.
const END_KEYS_OF_THEIRS = `${END_KEYS} AND ${IS_THEIRS}`

const SIGN_OUT = `
  DELETE FROM sessions
  WHERE secret_hash = @secretHash AND buyer = @buyer
  RETURNING secret_hash`

/**
 * Of a row of `redemptions` and its order in `orders`: a wallet's code from before a browser of one of the holders was signed out.
 * It is in the history of the browser that opened it, which would redeem it as a stranger.
 */
export const IS_OF_SIGNED_OUT = `
  redemptions.purpose = 'wallet' AND ${isSignedOutSince('redemptions.created_at')}`

/** Of a row of `orders`: a browser of one of its holders was signed out at this instant or later. */
export function isSignedOutSince(at: string): string {
  // Counted, rather than EXISTS or a join: PostgreSQL might answer those by reading all actions once.
  return `(
    SELECT COUNT(*)
    FROM holders AS theirs
    WHERE theirs.order_id = orders.id AND (
      SELECT COUNT(*)
      FROM actions
      WHERE actions.subject = theirs.buyer AND actions.what = '${WHAT}'
        AND actions.acted_at >= ${at}) > 0) > 0`
}

/**
 * Makes a stranger of one browser of a buyer, and ends what it can have kept: the buyer's API keys, and the wallet's links of the
 * orders that they hold. False if it isn't theirs.
 */
export async function signOutBrowser(
  db: Database,
  { buyer, secretHash }: { buyer: string; secretHash: string },
  action: Omit<Action, 'what' | 'subject'> & { session: string },
  now: number,
): Promise<boolean> {
  const recorded = { ...action, what: WHAT, subject: buyer }
  const parameters = { ...asActionParameters(recorded, now), buyer, secretHash }
  const results = await db.write([recordActionIf(IS_THEIRS), END_KEYS_OF_THEIRS, SIGN_OUT], parameters)
  return results.at(-1)?.length === 1
}
