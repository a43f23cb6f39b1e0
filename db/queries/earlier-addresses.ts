import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { idsFrom } from './ids.ts'
import { IS_REVOKED } from './order-states.ts'

/** An order whose buyer knew the shop by an address that it doesn't have any more. */
export interface EarlierOrder {
  id: string
  title: string
  hundredths: number
  currency: string
  /** When it was paid, or placed while it is unpaid */
  at: number
  webhookUrl: string
  /** Whether the merchant has issued a link for it or, since it was paid, for everything of one of its holders */
  isLinked: boolean
  /** Whether it gives its buyer anything to open: a donation doesn't */
  opensSomething: boolean
}

/** How many rows are returned, and how many are read at most to find them. */
interface Limits {
  limit: number
  read: number
}

const IS_EARLIER = `webhook_url IS NOT NULL AND webhook_url <> @webhookUrl`
// Two counts, each by an index of its own.
const COUNT_LINKS = `
  (SELECT COUNT(*) FROM redemptions WHERE redemptions.order_id = orders.id AND redemptions.purpose = 'merchant')
  + (
    SELECT COUNT(*) FROM holders
    JOIN redemptions ON redemptions.buyer = holders.buyer
    WHERE holders.order_id = orders.id AND redemptions.purpose = 'merchant' AND redemptions.created_at >= found.paid_at)`

const FIND_PAID = `
  SELECT orders.id, orders.title, found.hundredths, found.currency, found.paid_at AS happened_at, found.webhook_url,
    ${COUNT_LINKS} AS links,
    (SELECT COUNT(*) FROM grants WHERE grants.order_id = orders.id) AS granted
  FROM (
    SELECT latest.id, latest.order_id, latest.hundredths, latest.currency, latest.paid_at,
      (SELECT intents.webhook_url FROM intents WHERE intents.id = latest.intent) AS webhook_url
    FROM (
      SELECT id, order_id, intent, hundredths, currency, paid_at
      FROM payments
      WHERE id > @sinceId
      ORDER BY id DESC
      LIMIT @read) AS latest) AS found
  CROSS JOIN orders
  WHERE orders.id = found.order_id AND ${IS_EARLIER} AND NOT ${IS_REVOKED}
  ORDER BY found.id DESC
  LIMIT @limit`

const FIND_UNPAID = `
  SELECT orders.id, orders.title, due.hundredths, due.currency, orders.created_at AS happened_at, due.webhook_url,
    0 AS links, 0 AS granted
  FROM (
    SELECT order_id, hundredths, currency, webhook_url, next_check_at
    FROM intents
    WHERE next_check_at IS NOT NULL
    ORDER BY next_check_at
    LIMIT @read) AS due
  CROSS JOIN orders
  WHERE orders.id = due.order_id AND ${IS_EARLIER}
  ORDER BY due.next_check_at
  LIMIT @limit`

const BRING_FORWARD = `
  UPDATE intents
  SET next_check_at = @now
  WHERE next_check_at > @now AND id IN (
    SELECT id FROM (
      SELECT id, webhook_url FROM intents WHERE next_check_at > @now ORDER BY next_check_at LIMIT @read) AS due
    WHERE ${IS_EARLIER})
  RETURNING id`

/** Finds orders that were paid since then at another address than this webhook's, the last payment first. */
export async function findPaidElsewhere(
  db: Pick<Database, 'read'>,
  { webhookUrl, since, ...limits }: { webhookUrl: string; since: number } & Limits,
): Promise<EarlierOrder[]> {
  const rows = await db.read(FIND_PAID, { webhookUrl, sinceId: idsFrom(since), ...limits })
  return rows.map(toEarlierOrder)
}

/** Finds orders that can still be paid and whose webhook would go to another address than this, those first that are polled next. */
export async function findOpenElsewhere(
  db: Pick<Database, 'read'>,
  parameters: { webhookUrl: string } & Limits,
): Promise<EarlierOrder[]> {
  return (await db.read(FIND_UNPAID, { ...parameters })).map(toEarlierOrder)
}

/** Makes the polls of intents due now whose webhook would go to another address, and returns how many. */
export async function bringMovedForward(
  db: Database,
  parameters: { webhookUrl: string; now: number; read: number },
): Promise<number> {
  const [moved] = await db.write([BRING_FORWARD], parameters)
  return moved?.length ?? 0
}

function toEarlierOrder(row: Row): EarlierOrder {
  return {
    id: row.id as string,
    title: row.title as string,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    at: Number(row.happened_at),
    webhookUrl: row.webhook_url as string,
    isLinked: Number(row.links) > 0,
    opensSomething: Number(row.granted) > 0,
  }
}
