export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
export const PRODUCT = 'how-this-shop-works'

/** One order to be written. Instants are milliseconds since 1970. */
export interface OrderRow {
  intent: string
  buyer: string
  /** SHA-256 of the browser's secret; also serves as the hash of the redemption code and of the event */
  hash: string
  at: number
  next_check_at: number | null
  is_paid: 0 | 1
}

/** The columns of the table `new_orders`, which holds one row an order and from which the statements below read. */
export const NEW_ORDERS: Record<keyof OrderRow, string> = {
  intent: 'TEXT',
  buyer: 'TEXT',
  hash: 'TEXT',
  at: 'BIGINT',
  next_check_at: 'BIGINT',
  is_paid: 'BIGINT',
}

// This is the only file of the bench that knows the shop's tables.

/** Write the rows that POST /create-intent writes, from the buyer's browser to the redemption code, on both engines. */
export const ORDERED: Record<string, string> = {
  buyers: `INSERT INTO buyers (id, created_at) SELECT buyer, at FROM new_orders`,
  sessions: `INSERT INTO sessions (secret_hash, buyer, created_at) SELECT hash, buyer, at FROM new_orders`,
  orders: `INSERT INTO orders (intent, buyer, product, title, hundredths, currency, destination, client_secret,
      created_at, confirmed_at, next_check_at)
    SELECT intent, buyer, '${PRODUCT}', 'How this shop works', 5, 'usd', '${DESTINATION}',
      CASE WHEN is_paid = 0 THEN '2vN7aQ8sT1xYzAbC' END, at, at, next_check_at
    FROM new_orders`,
  open_orders: `INSERT INTO open_orders (buyer, product, intent, offered_at)
    SELECT buyer, '${PRODUCT}', intent, at FROM new_orders WHERE is_paid = 0`,
  holders: `INSERT INTO holders (intent, buyer, since_at, how)
    SELECT intent, buyer, at, 'ordered' FROM new_orders`,
  redemptions: `INSERT INTO redemptions (code_hash, intent, created_at)
    SELECT hash, intent, at FROM new_orders`,
}

/** Write the rows that a webhook writes for the orders that are paid, on SQLite only. */
export const PAID: Record<string, string> = {
  payments: `INSERT INTO payments (intent, proof, quarks, exchange_rate, paid_at)
    SELECT intent, 'webhook', 2800000, 0.00000893, at FROM new_orders WHERE is_paid = 1`,
  entitlements: `INSERT INTO entitlements (buyer, product, intent, valid_from)
    SELECT buyer, '${PRODUCT}', intent, at FROM new_orders WHERE is_paid = 1`,
  events: `INSERT INTO events (digest, intent, jws, outcome, first_seen_at, last_seen_at, times_seen)
    SELECT hash, intent, printf('%470s', hash), 'applied', at, at, 1 FROM new_orders WHERE is_paid = 1`,
}
