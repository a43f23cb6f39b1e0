import type { Driver, Row } from './engines/driver.ts'
import { ENTITLE_HOLDERS } from './entitlements.ts'

/** What a verified delivery says; `null` where it says nothing that can be read. `hundredths` of `currency` (lower case). */
export interface PaymentEvent {
  /** SHA-256 of the JWS, hex */
  digest: string
  jws: string
  intent: string | null
  currency: string | null
  hundredths: number | null
  destination: string | null
  state: string | null
  quarks: number | null
  exchangeRate: number | null
  user: string | null
}

export type Outcome = 'applied' | 'duplicate' | 'unmatched' | 'mismatched' | 'test'

// Anyone can point his own intents at our URL: of what isn't ours, the newest are kept, for a look.
const KEPT_UNMATCHED = 1_000

const CLAIMS_MATCH = `
  orders.intent = @intent AND orders.currency = @currency AND orders.hundredths = @hundredths
    AND orders.destination = @destination AND @state = 'SUBMITTED'`

// A status shows neither amount nor destination. Where our own request was visibly accepted, the sequencer
// refuses any other for the same intent; and a mismatched event would show that it didn't.
const STATUS_SUFFICES = `
  orders.intent = @intent AND orders.confirmed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM events WHERE events.intent = @intent AND events.outcome = 'mismatched')`

// First of all, and an UPDATE: the lock on the order's row, so that neither a redemption nor another proof is missed.
const close = (proven: string) => `
  UPDATE orders
  SET next_check_at = NULL, client_secret = NULL
  WHERE ${proven}`

const STOP_ASKING = `
  UPDATE orders
  SET next_check_at = NULL
  WHERE intent = @intent`

const OUTCOME = `
  CASE
    WHEN @isTest = 1 THEN 'test'
    ELSE COALESCE((
      SELECT CASE
        WHEN ${CLAIMS_MATCH} THEN CASE WHEN payments.intent IS NULL THEN 'applied' ELSE 'duplicate' END
        ELSE 'mismatched'
      END
      FROM orders
      LEFT JOIN payments ON payments.intent = orders.intent
      WHERE orders.intent = @intent), 'unmatched')
  END`

const RECORD_EVENT = `
  INSERT INTO events (digest, intent, jws, outcome, first_seen_at, last_seen_at, times_seen)
  VALUES (@digest, @intent, @jws, ${OUTCOME}, @now, @now, 1)
  ON CONFLICT (digest) DO UPDATE
  SET outcome = CASE WHEN events.outcome = 'unmatched' THEN excluded.outcome ELSE events.outcome END,
    last_seen_at = excluded.last_seen_at,
    times_seen = events.times_seen + 1
  RETURNING outcome, (SELECT COUNT(*) FROM payments WHERE payments.intent = @intent) AS paid_before`

const PAY_BY_EVENT = `
  INSERT INTO payments (intent, proof, quarks, exchange_rate, code_user, paid_at)
  SELECT orders.intent, 'webhook', @quarks, @exchangeRate, @user, @now
  FROM orders
  WHERE ${CLAIMS_MATCH}
  ON CONFLICT (intent) DO UPDATE
  SET quarks = excluded.quarks, exchange_rate = excluded.exchange_rate, code_user = excluded.code_user
  WHERE payments.quarks IS NULL`

const PAY_BY_STATUS = `
  INSERT INTO payments (intent, proof, paid_at)
  SELECT orders.intent, 'status', @now
  FROM orders
  WHERE ${STATUS_SUFFICES}
  ON CONFLICT (intent) DO NOTHING
  RETURNING intent`

const CLOSE_OFFER = `
  DELETE FROM open_orders
  WHERE intent = (SELECT payments.intent FROM payments WHERE payments.intent = @intent)
    AND buyer = (SELECT orders.buyer FROM orders WHERE orders.intent = @intent)
    AND product = (SELECT orders.product FROM orders WHERE orders.intent = @intent)`

const FORGET_OLD_UNMATCHED = `
  DELETE FROM events
  WHERE digest IN (
    SELECT digest FROM events
    WHERE outcome IN ('unmatched', 'test')
    ORDER BY last_seen_at DESC
    LIMIT 100 OFFSET @kept)`

const IS_PAID = `
  SELECT 1 AS paid
  FROM payments
  WHERE intent = @intent`

export function paymentQueries(driver: Driver) {
  /**
   * Keeps a verified delivery and, if its claims are those of our order, makes that order paid and its holders
   * entitled: all in one unit of work, once. The outcome is computed here, together with its effect.
   */
  async function settleByEvent(event: PaymentEvent, isTest: boolean, now: number): Promise<Outcome> {
    const parameters = { ...event, isTest: isTest ? 1 : 0, now, kept: KEPT_UNMATCHED }
    const statements = [close(CLAIMS_MATCH), RECORD_EVENT, PAY_BY_EVENT, ENTITLE_HOLDERS, CLOSE_OFFER]
    const [, recorded] = await driver.write(statements, parameters)
    const { outcome, paidBefore } = toRecorded(recorded?.[0] as Row)
    if (outcome === 'unmatched' || outcome === 'test') await driver.write([FORGET_OLD_UNMATCHED], parameters)
    return outcome === 'applied' && paidBefore ? 'duplicate' : outcome
  }

  /**
   * The sequencer says that the intent was submitted. True if that made the order paid just now; otherwise there is
   * nothing more to ask, since only a webhook can pay it.
   */
  async function settleByStatus(intent: string, now: number): Promise<boolean> {
    const statements = [STOP_ASKING, close(STATUS_SUFFICES), PAY_BY_STATUS, ENTITLE_HOLDERS, CLOSE_OFFER]
    const [, , paid] = await driver.write(statements, { intent, now })
    return paid?.length === 1
  }

  async function isPaid(intent: string): Promise<boolean> {
    const rows = await driver.read(IS_PAID, { intent })
    return rows.length > 0
  }

  return { settleByEvent, settleByStatus, isPaid }
}

function toRecorded(row: Row) {
  return { outcome: row.outcome as Outcome, paidBefore: Number(row.paid_before) > 0 }
}
