import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countOrders, findOrders, idsFrom, type ListedOrder, type OrderFilter } from '../../db/index.ts'
import { aDatabase, type TestDatabase } from '../support/database.ts'
import { fuzzing } from '../support/fuzz.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 150 })

const ORDERS = 60
const STATES = [
  'offered',
  'expired',
  'paid',
  'free',
  'by-hand',
  'partly-refunded',
  'refunded',
  'revoked',
] as const

const LEGACY = 7 // every seventh order has the id of one from before they had their own

/** Somebody holds all orders but most of those from before. */
const isHeld = (id: string) => id === 'Legacy3' || !id.startsWith('Legacy')

/** Orders of all states, several in each millisecond. */
async function fill({ query }: TestDatabase): Promise<void> {
  await query(`INSERT INTO buyers VALUES ('somebody', 0)`)
  for (let n = 0; n < ORDERS; n++) {
    const [at, state] = [Math.floor(n / 4), STATES[n % STATES.length]]
    const id = n % LEGACY === 3 ? `Legacy${n}` : `${idsFrom(at)}-${n}`
    const hundredths = (n * 37) % 300
    await query(`INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at) VALUES
      ('${id}', 'somebody', '${n % 3 ? 'article' : 'book'}', 'article', 'A title', 1, ${hundredths}, '${n % 5 ? 'usd' : 'eur'}', ${at})`)
    if (isHeld(id)) await query(`INSERT INTO holders VALUES ('${id}', 'somebody', ${at}, 'ordered', NULL)`)
    await query(`INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at, next_check_at)
      VALUES ('i${id}', '${id}', 1, 'usd', 'd', 0, ${state === 'offered' ? 1 : null})`)
    if (state === 'offered' || state === 'expired') continue
    const proof = { free: 'free', 'by-hand': 'merchant' }[state as string] ?? 'webhook'
    await query(`INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at, honoured_by)
      VALUES ('p${id}', '${id}', ${proof === 'free' ? null : `'i${id}'`}, '${proof}', ${proof === 'free' ? 0 : 10}, 'usd', 'article', 0, 'x')`)
    if (state?.endsWith('refunded'))
      await query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
        VALUES ('r${id}', 'p${id}', ${state === 'refunded' ? 10 : 3}, 0, 'x')`)
    if (state === 'revoked')
      await query(
        `INSERT INTO revocations (id, order_id, reason, revoked_at, revoked_by) VALUES ('v${id}', '${id}', 'x', 0, 'x')`,
      )
  }
}

const filters: fc.Arbitrary<OrderFilter> = fc.record(
  {
    state: fc.constantFrom(...STATES),
    product: fc.constantFrom('article', 'book', 'nothing'),
    currency: fc.constantFrom('usd', 'eur'),
    from: fc.integer({ min: -1, max: ORDERS / 4 }),
    before: fc.integer({ min: -1, max: ORDERS / 4 + 1 }),
    minHundredths: fc.integer({ min: 0, max: 300 }),
    maxHundredths: fc.integer({ min: 0, max: 300 }),
    search: fc.constant('somebody'),
  },
  { requiredKeys: [] },
)

const isFoundBy =
  ({ from, before, minHundredths, maxHundredths, search, ...same }: OrderFilter) =>
  (order: ListedOrder) =>
    Object.entries(same).every(([name, value]) => order[name as keyof ListedOrder] === value) &&
    (search === undefined || isHeld(order.id)) &&
    order.createdAt >= (from ?? order.createdAt) &&
    order.createdAt < (before ?? Number.POSITIVE_INFINITY) &&
    order.hundredths >= (minHundredths ?? 0) &&
    order.hundredths <= (maxHundredths ?? Number.POSITIVE_INFINITY)

/** Follows the list to its end. Returns its orders, and the sizes of its pages. */
async function follow({ db }: TestDatabase, filter: OrderFilter, limit: number, read: number) {
  const orders: ListedOrder[] = []
  let next: Awaited<ReturnType<typeof findOrders>>['next']
  do {
    const page = await findOrders(db, filter, next, { limit, read })
    expect(page.orders.length).toBeLessThanOrEqual(limit)
    orders.push(...page.orders)
    next = page.next
  } while (next)
  return orders
}

test(
  `the pages of the list hold each order that a filter finds, once (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    const db = await aDatabase()
    await fill(db)
    const all = await follow(db, {}, ORDERS + 1, ORDERS)
    expect(all).toHaveLength(ORDERS)
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(STATES))
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: ORDERS + 5 }),
        async (filter, limit, read) => {
          const expected = all.filter(isFoundBy(filter))
          expect(await follow(db, filter, limit, read)).toEqual(expected)
          const { count, isExact } = await countOrders(db.db, filter, read)
          if (isExact) expect(count).toBe(expected.length)
          else expect(count).toBeLessThanOrEqual(expected.length)
        },
      ),
      run,
    )
  },
  TIMEOUT_MS,
)
