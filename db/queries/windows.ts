import { IS_IN_FORCE, isUnrevoked } from './order-states.ts'

/** When something happens: milliseconds since 1970 UTC, and the shop's local day, as days since 1970. */
export interface Instant {
  now: number
  today: number
}

// A window is what a right that ends has: from_day and until_day, in local days since 1970. It belongs to the order, so it
// is the same for each of its holders, and for each scope the windows of one buyer's orders follow one another. A window
// starts behind what is open today or begins tomorrow, where all of its days are free; if nothing is, it starts tomorrow, and the
// rest of today is given in addition.

const TOMORROW = `(CAST(@today AS BIGINT) + 1)`

const fromDay = (start: string) => `CASE WHEN ${start} > ${TOMORROW} THEN ${start} ELSE @today END`

interface Chain {
  buyer: string
  scope: string
  /** A gap of fewer days doesn't end it */
  gap?: string
  /** Which rows of `held` belong to it; default: those whose right the merchant has not ended */
  isCounted?: string
}

/** The end of the windows of a buyer that are open today or begin tomorrow, with those that follow before such a gap; NULL if none does. */
export const endOfChain = ({ buyer, scope, gap = '1', isCounted = isUnrevoked('held') }: Chain) => `
  SELECT MIN(chain.until_day)
  FROM (
    SELECT MIN(held.from_day) OVER () AS first_day, MAX(held.until_day) OVER by_day AS until_day,
      LEAD(held.from_day) OVER by_day AS next_day
    FROM entitlements AS held
    WHERE held.buyer = ${buyer} AND held.scope = ${scope} AND held.until_day > @today AND ${isCounted}
    WINDOW by_day AS (ORDER BY held.from_day, held.order_id)) AS chain
  WHERE chain.first_day <= ${TOMORROW} AND (chain.next_day IS NULL OR chain.next_day - chain.until_day >= ${gap})`

const startBehind = (chain: Chain) => `COALESCE((${endOfChain(chain)}), ${TOMORROW})`

const START = startBehind({
  buyer: `(SELECT orders.buyer FROM orders WHERE orders.id = grants.order_id)`,
  scope: 'grants.scope',
  gap: 'grants.days',
  isCounted: `held.order_id <> grants.order_id AND ${isUnrevoked('held')}`,
})

/** The window of a row of `grants` that is paid for today. */
export const FROM_DAY = fromDay(START)
export const UNTIL_DAY = `(${START} + grants.days)`

/** Of a row of `entitlements`: the payment @paymentId has just restored the access to its order. */
export const IS_RESTORED_BY_PAYMENT = `
  EXISTS (
    SELECT 1 FROM revocations
    JOIN restorations ON restorations.revocation = revocations.id
    WHERE revocations.order_id = entitlements.order_id AND restorations.payment = @paymentId)`

const isKept = (order: string) => `
  NOT EXISTS (
    SELECT 1 FROM revocations
    WHERE revocations.order_id = ${order} AND revocations.buyer IS NULL AND ${IS_IN_FORCE})`

const IS_OF_ORDER = `
  entitlements.buyer = holders.buyer AND entitlements.scope = moved.scope AND entitlements.order_id = moved.order_id`

/**
 * Once a whole order is revoked: the windows behind it, of those who held it, begin as early as what is left before them
 * allows, so that there is no gap. Only orders of their own move, and none that has begun.
 */
export const closeGapsBehind = (order: string) => `
  WITH waiting AS (
    SELECT own.buyer, own.scope, own.order_id, own.from_day, own.until_day
    FROM entitlements AS own
    JOIN orders ON orders.id = own.order_id AND orders.buyer = own.buyer
    WHERE own.buyer IN (SELECT holders.buyer FROM holders WHERE holders.order_id = ${order})
      AND own.scope IN (SELECT grants.scope FROM grants WHERE grants.order_id = ${order} AND grants.days IS NOT NULL)
      AND own.from_day > @today AND ${isKept('own.order_id')}),
  floors AS (
    SELECT waiting.buyer, waiting.scope, waiting.from_day, COALESCE((
      SELECT MAX(CASE WHEN held.until_day < waiting.from_day THEN held.until_day ELSE waiting.from_day END)
      FROM entitlements AS held
      WHERE held.buyer = waiting.buyer AND held.scope = waiting.scope AND held.from_day < waiting.from_day
        AND held.until_day > ${TOMORROW} AND ${isKept('held.order_id')}
        AND NOT EXISTS (
          SELECT 1 FROM waiting AS other
          WHERE other.buyer = held.buyer AND other.scope = held.scope AND other.order_id = held.order_id)
      ), ${TOMORROW}) AS start_day
    FROM waiting),
  moved AS (
    SELECT waiting.scope, waiting.order_id, waiting.from_day, waiting.until_day - waiting.from_day AS days, (
      SELECT MAX(floors.start_day + COALESCE((
        SELECT SUM(between_them.until_day - between_them.from_day)
        FROM waiting AS between_them
        WHERE between_them.buyer = waiting.buyer AND between_them.scope = waiting.scope
          AND between_them.from_day >= floors.from_day AND between_them.from_day < waiting.from_day), 0))
      FROM floors
      WHERE floors.buyer = waiting.buyer AND floors.scope = waiting.scope
        AND floors.from_day <= waiting.from_day) AS start_day
    FROM waiting)
  UPDATE entitlements
  SET from_day = ${fromDay('moved.start_day')}, until_day = moved.start_day + moved.days
  FROM moved
  JOIN holders ON holders.order_id = moved.order_id
  WHERE ${IS_OF_ORDER} AND ${fromDay('moved.start_day')} < moved.from_day`

/**
 * Once the merchant has restored a whole order: what was left of its window when it was revoked goes where it fits, and not
 * over what the buyer alone has lost, since others may still have it. A window that had ended, or was in its last day, stays
 * as it is.
 */
export const RESUME_WINDOW = `
  WITH resumed AS (
    SELECT first.buyer, first.scope, first.order_id,
      first.until_day - CASE WHEN first.from_day > revocations.revoked_day + 1
        THEN first.from_day ELSE revocations.revoked_day + 1 END AS days
    FROM revocations
    JOIN restorations ON restorations.revocation = revocations.id
    JOIN orders ON orders.id = revocations.order_id
    JOIN grants ON grants.order_id = orders.id
    JOIN entitlements AS first
      ON first.buyer = orders.buyer AND first.scope = grants.scope AND first.order_id = orders.id
    WHERE revocations.id = @revocation AND revocations.order_id = @order AND revocations.buyer IS NULL
      AND restorations.restored_by = @session AND restorations.restored_at = @now AND first.until_day IS NOT NULL),
  moved AS (
    SELECT resumed.scope, resumed.order_id, resumed.days, ${startBehind({
      buyer: 'resumed.buyer',
      scope: 'resumed.scope',
      gap: 'resumed.days',
      isCounted: `held.order_id <> resumed.order_id AND ${isKept('held.order_id')}`,
    })} AS start_day
    FROM resumed
    WHERE resumed.days > 0)
  UPDATE entitlements
  SET from_day = ${fromDay('moved.start_day')}, until_day = moved.start_day + moved.days
  FROM moved
  JOIN holders ON holders.order_id = moved.order_id
  WHERE ${IS_OF_ORDER}`
