/** What a restore does with a table of the database that it replaces. */
export interface KeptTable {
  table: string
  key: readonly string[]
  /** Columns that refer to the key `id` of another table, which stands before this one */
  parents?: Readonly<Record<string, string>>
  /**
   * Of a row that both databases have, the one is newer whose list of these is greater, from left to right. None: such a row never
   * changes.
   */
  newer?: readonly string[]
  /** Before `newer`: the row is newer that is in the database that has newer rows, as nothing in the row says when it was changed */
  newerAsWhole?: true
  /** The other database has deleted what it lacks of a parent that it has */
  deletes?: boolean
  /** But not a row of which it has an earlier one, alike in these columns: that is the one which this row has replaced */
  replaces?: readonly string[]
}

const isSet = (column: string) => `CASE WHEN @row.${column} IS NULL THEN 0 ELSE 1 END`
const last = (column: string) => `COALESCE(@row.${column}, 0)`
const more = (column: string) => `@row.${column}`

/** By these, a database is newer than another one as a whole. Ids begin with their time, and lie before 1 then. */
export const AS_WHOLE: readonly string[] = ['orders', 'payments', 'actions'].map(
  (table) => `COALESCE((SELECT MAX(id) FROM @side.${table} WHERE id < '1'), '')`,
)

/**
 * Facts, which are copied back from the database that a restore replaces, in this order: a row comes after those that it refers
 * to. A test compares this list, and the other one, with db/schema.sql, so that each new table is decided here.
 */
export const KEPT_TABLES: readonly KeptTable[] = [
  { table: 'buyers', key: ['id'] },
  // A browser that was signed out stays signed out.
  { table: 'sessions', key: ['secret_hash'], parents: { buyer: 'buyers' }, deletes: true },
  { table: 'orders', key: ['id'], parents: { buyer: 'buyers' } },
  {
    table: 'intents',
    key: ['id'],
    parents: { order_id: 'orders' },
    newer: [
      'CASE WHEN @row.client_secret IS NULL THEN 1 ELSE 0 END', // paid, or polled no more
      ...['confirmed_at', 'denied_at', 'refused_at', 'registered_at', 'sent_at', 'next_check_at'].map(last),
    ],
  },
  {
    table: 'open_orders',
    key: ['buyer', 'product'],
    parents: { buyer: 'buyers' },
    newer: [more('offered_at')],
  },
  { table: 'grants', key: ['order_id', 'scope'], parents: { order_id: 'orders' } },
  { table: 'holders', key: ['order_id', 'buyer'], parents: { order_id: 'orders', buyer: 'buyers' } },
  {
    table: 'redemptions',
    key: ['code_hash'],
    parents: { order_id: 'orders', buyer: 'buyers' },
    newer: [`-${last('expires_at')}`], // a link of the merchant's that was ended early
  },
  {
    table: 'payments',
    key: ['id'],
    parents: { order_id: 'orders', intent: 'intents' },
    newer: [isSet('event'), isSet('honoured_event')], // a webhook becomes the proof of an earlier payment
  },
  // How often a coupon was used grows, until a merchant's file has no such coupon any more.
  { table: 'coupons', key: ['code'], newer: [more('taken')] },
  {
    table: 'coupon_uses',
    key: ['order_id'],
    parents: { order_id: 'orders', buyer: 'buyers', payment: 'payments' },
    newer: [isSet('payment'), last('reserved_until')],
    deletes: true, // a use that went to the buyer's next order
  },
  { table: 'refunds', key: ['id'], parents: { payment: 'payments' } },
  { table: 'revocations', key: ['id'], parents: { order_id: 'orders', buyer: 'buyers', refund: 'refunds' } },
  { table: 'restorations', key: ['revocation'], parents: { revocation: 'revocations', payment: 'payments' } },
  {
    table: 'entitlements',
    key: ['buyer', 'scope', 'order_id'],
    parents: { buyer: 'buyers', order_id: 'orders' },
    newerAsWhole: true, // a window moves both ways
  },
  {
    table: 'allowances',
    key: ['order_id'],
    parents: { order_id: 'orders' },
    newerAsWhole: true,
    newer: [`-${more('calls_left')}`], // calls may be all that came since
  },
  // A key that was replaced or revoked stays so.
  {
    table: 'api_keys',
    key: ['key_hash'],
    parents: { buyer: 'buyers' },
    deletes: true,
    replaces: ['buyer', 'scope'],
  },
  {
    table: 'api_calls',
    key: ['buyer', 'idempotency_key'],
    parents: { buyer: 'buyers', order_id: 'orders' },
    newer: [more('called_at')], // a key may come with another request once its call is old
  },
  {
    table: 'events',
    key: ['digest'],
    newer: [
      `CASE @row.verdict WHEN 'applied' THEN 1 ELSE 0 END`, // what has paid is never undone by being seen again
      more('times_seen'),
      more('last_seen_at'),
      last('dismissed_at'),
    ],
  },
  { table: 'rejections', key: ['hour', 'reason'], newer: [more('count')] },
  { table: 'destinations', key: ['address'] },
  { table: 'sellers', key: ['named_at'] },
  { table: 'steps', key: ['order_id', 'at', 'what'], parents: { order_id: 'orders' } },
  { table: 'actions', key: ['id'] },
  { table: 'desk_links', key: ['code_hash'], newer: [isSet('session')] },
  { table: 'desk_sessions', key: ['id'], newer: [last('ended_at'), more('used_at')] },
  { table: 'desk_forms', key: ['form'] },
  {
    table: 'outbox',
    key: ['id'],
    newer: [isSet('delivered_at'), isSet('failed_at'), last('dismissed_at'), more('attempts')],
  },
  { table: 'outages', key: ['id'], newer: [isSet('ended_at'), more('last_failed_at')] },
]

/** Triggers that change other rows than their own, by their tables: they count uses of coupons, and renew calls. */
export const CHANGING_TRIGGERS: Readonly<Record<string, string>> = {
  payments: 'payments_with_coupon',
  restorations: 'restorations_by_payment',
}

/** Tables of which a restore leaves what is in the backup, and why. */
export const LEFT_TABLES: Readonly<Record<string, string>> = {
  meta: 'facts about the database itself',
  migrations: 'those that have run on the backup',
  leases: 'emptied: whoever held one is gone',
  probes: 'good for seconds',
  summaries: 'made from payments, refunds and orders, and so is all that follows',
  product_summaries: '',
  summary_waits: '',
  summary_days: '',
  summary_bounds: '',
  summary_versions: '',
  summary_ranges: '',
  summary_marks: '',
  summary_step: '',
}
