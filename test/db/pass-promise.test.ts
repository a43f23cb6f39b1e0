import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findFirstDay, issueLink, restoreAccess, revokeAccess } from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  at,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { fuzzing } from '../support/fuzz.ts'

// A buyer with a pass reads on its page how many days another one adds. So many it adds, whatever the merchant has revoked and
// restored, and whatever else the buyer has got by links.

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 60, timeoutMs: 120_000 })
const DAY = 86_400_000
const SCOPE = 'tag:bread'

const who = fc.nat(1)
const which = fc.nat(3) // of the newest orders
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('buy' as const), who, days: fc.constantFrom(7, 30) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('share' as const), which, isForAll: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('revoke' as const),
      which,
      of: fc.constantFrom('all' as const, 'buyer' as const, 'other' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('restore' as const), which }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), days: fc.constantFrom(1, 4, 20) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

onSqliteAndPostgres((engine) => {
  test(
    `a pass adds as many days as its page promises, and begins at once without such a promise (SEED=${SEED} RUNS=${RUNS})`,
    async () => {
      const db = await aDatabase(engine)
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 30, size: 'max' }),
        async (steps) => {
          const story = { db, now: NOW, buyers: [await aBuyer(db), await aBuyer(db)], orders: [] }
          for (const next of steps) await take(next, story)
        },
      )
      await fc.assert(property, run)
    },
    TIMEOUT_MS,
  )
})

interface Story {
  db: TestDatabase
  now: number
  buyers: string[]
  orders: { id: string; buyer: string }[]
}

async function take(next: Step, story: Story): Promise<void> {
  const { db, buyers, orders, now } = story
  if (next.act === 'wait') story.now += next.days * DAY
  if (next.act === 'buy') return buy(story, buyers[next.who] as string, next.days)
  const order = 'which' in next && orders.at(-1 - (next.which % Math.max(orders.length, 1)))
  if (!order) return
  if (next.act === 'share') return share(story, order, next.isForAll)
  const { id } = order
  const action = { what: next.act, subject: id, session: 'the desk' }
  if (next.act === 'revoke') {
    const about = {
      order: id,
      buyer: { all: undefined, buyer: order.buyer, other: otherThan(order.buyer, buyers) }[next.of],
      reason: 'a reason',
    }
    await revokeAccess(db.db, about, action, at(now))
  }
  const [ended] = await db.query(`SELECT id FROM revocations WHERE order_id = '${id}'
    AND id NOT IN (SELECT revocation FROM restorations) ORDER BY id LIMIT 1`)
  if (next.act === 'restore' && ended) {
    const about = { order: id, revocation: String(ended.id), reason: 'a reason' }
    expect(await restoreAccess(db.db, about, action, at(now))).toBe('restored')
  }
}

async function buy({ db, now, orders }: Story, buyer: string, days: number): Promise<void> {
  const [session] = await db.db.read('SELECT secret_hash FROM sessions WHERE buyer = @buyer', { buyer })
  const { today } = at(now)
  const firstDay = await findFirstDay(db.db, String(session?.secret_hash), [SCOPE], today)
  const isPromised = firstDay !== undefined && firstDay <= today + 1
  const before = await openDaysOf(db, buyer)
  const wanted = { buyer, product: 'pass', grants: [{ scope: SCOPE, days, calls: null }], onlyOnce: null }
  const order = await placeOrder(db, aNewOrder(wanted), undefined, now)
  expect(await db.settle(anEvent(order), now)).toMatchObject({ verdict: 'applied' })
  orders.push({ id: order.id, buyer })
  const after = await openDaysOf(db, buyer)
  const added = [...after].filter((day) => day > today && !before.has(day))
  if (isPromised) expect(added).toHaveLength(days)
  else for (let day = today; day <= today + days; day++) expect(after).toContain(day)
}

async function openDaysOf(db: TestDatabase, buyer: string): Promise<Set<number>> {
  const rows = await db.query(`SELECT from_day, until_day FROM entitlements
    WHERE buyer = '${buyer}' AND NOT EXISTS (
      SELECT 1 FROM revocations
      WHERE order_id = entitlements.order_id AND (buyer IS NULL OR buyer = entitlements.buyer)
        AND id NOT IN (SELECT revocation FROM restorations))`)
  const days = new Set<number>()
  for (const { from_day, until_day } of rows)
    for (let day = Number(from_day); day < Number(until_day); day++) days.add(day)
  return days
}

let links = 0

/** The other of the two buyers gets a link to an order, or to all that its buyer holds. */
async function share(
  { db, now, buyers }: Story,
  { id, buyer }: { id: string; buyer: string },
  isForAll: boolean,
): Promise<void> {
  const about = isForAll ? { order: undefined, buyer } : { order: id, buyer: undefined }
  const codeHash = hashOf(`link ${links++}`)
  const link = { ...about, codeHash, holdersAllowed: 1, expiresAt: now + DAY }
  await issueLink(db.db, link, { what: 'link', subject: id, session: 'the desk' }, now)
  await db.redeem(id, codeHash, otherThan(buyer, buyers), now)
}

const otherThan = (buyer: string, buyers: string[]) => buyers.find((one) => one !== buyer) as string
