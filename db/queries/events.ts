import type { Database } from '../database.ts'
import { PAYS_US } from './destinations.ts'
import type { Instant } from './windows.ts'

/** What a verified delivery says; `null` where it says nothing that can be read. `hundredths` of `currency` (lower case). */
export interface VerifiedEvent {
  /** SHA-256 of the JWS, hex */
  digest: string
  jws: string
  type: 'payment' | 'login' | 'test' | 'other'
  intent: string | null
  currency: string | null
  hundredths: number | null
  destination: string | null
  /** What partners got, as one text: see money/fees.ts. Empty for none. */
  fees: string | null
  state: string | null
  quarks: number | null
  exchangeRate: number | null
  user: string | null
}

export type Verdict = 'applied' | 'duplicate' | 'unmatched' | 'orphaned' | 'mismatched' | 'login' | 'test'

/** How many events that concern none of our orders are kept, and how many of the older ones go at a time. */
export interface EventLimits {
  kept: number
  forgotten: number
}

/** When an event arrived, how often by now, and where the shop is paid. `former`: the verdict on one that is judged again; null for another. */
export interface Arrival extends EventLimits, Instant {
  times: number
  former: Verdict | null
  ourDestination: string
}

/** Of an intent of ours: this event pays exactly what was asked for. */
export const CLAIMS_MATCH = `
  intents.id = @intent AND intents.currency = @currency AND intents.hundredths = @hundredths
    AND intents.destination = @destination AND intents.fees = @fees AND @state = 'SUBMITTED'`

/** Of the payment of an intent that this event pays: the merchant has sent back a part of it, and it was other money. */
export const IS_REFUNDED_OTHERWISE = `
  ((payments.hundredths <> @hundredths OR payments.currency <> @currency)
    AND EXISTS (SELECT 1 FROM refunds WHERE refunds.payment = payments.id))`

const VERDICT = `
  CASE
    WHEN @type IN ('test', 'login') THEN CAST(@type AS TEXT)
    ELSE COALESCE((
      SELECT CASE
        WHEN ${CLAIMS_MATCH} AND NOT ${IS_REFUNDED_OTHERWISE}
          THEN CASE WHEN payments.intent IS NULL THEN 'applied' ELSE 'duplicate' END
        ELSE 'mismatched'
      END
      FROM intents
      LEFT JOIN payments ON payments.intent = intents.id
      WHERE intents.id = @intent),
      CASE WHEN ${PAYS_US} THEN 'orphaned' ELSE 'unmatched' END)
  END`

/**
 * Keeps the event with its verdict. The same content delivered again is the same row, seen once more, unless it was only
 * judged again: @times is 0 then.
 */
export const RECORD_EVENT = `
  INSERT INTO events (digest, type, intent, currency, hundredths, destination, state, quarks, exchange_rate, code_user,
    fees, jws, verdict, first_seen_at, last_seen_at, times_seen)
  VALUES (@digest, @type, @intent, @currency, @hundredths, @destination, @state, @quarks, @exchangeRate, @user,
    @fees, @jws, ${VERDICT}, @now, @now, CASE WHEN @times = 0 THEN 1 ELSE @times END)
  ON CONFLICT (digest) DO UPDATE
  SET verdict = CASE WHEN events.verdict IN ('unmatched', 'orphaned') THEN excluded.verdict ELSE events.verdict END,
    last_seen_at = CASE WHEN @times = 0 THEN events.last_seen_at ELSE excluded.last_seen_at END,
    times_seen = events.times_seen + @times
  RETURNING verdict, times_seen, (SELECT COUNT(*) FROM payments WHERE payments.intent = @intent) AS paid_before`

/** The verdicts on events that concern none of our orders, of which only the newest are kept. */
export const FORGETTABLE: readonly Verdict[] = ['unmatched', 'login', 'test']

const FORGET_OLD_EVENTS = `
  DELETE FROM events
  WHERE digest IN (
    SELECT digest FROM events
    WHERE verdict IN (${FORGETTABLE.map((verdict) => `'${verdict}'`).join(', ')})
    ORDER BY last_seen_at DESC
    LIMIT @forgotten OFFSET @kept)`

/** Deletes the oldest events that concern none of our orders, if there are more than are kept. */
export async function forgetOldEvents(db: Database, { kept, forgotten }: EventLimits): Promise<void> {
  await db.write([FORGET_OLD_EVENTS], { kept, forgotten })
}
