import { expect, test } from '@jest/globals'
import {
  countOpenEvents,
  type Database,
  findActionsOn,
  findAppliedEvents,
  findBrowsersOf,
  findBuyersByPrefix,
  findDeskBuyer,
  findEvent,
  findEvents,
  findHeldByBuyer,
  findOtherOrders,
  findOtherPurchases,
  findRedemption,
  findRejections,
  findRightsOf,
  honourOrder,
  issueLink,
  redeem,
  restoreAccess,
  revokeAccess,
} from '../../db/index.ts'
import { aDatabase, type TestDatabase } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { explainOnSqlite, recordReads, type Statement, scanOnPostgres } from '../support/plans.ts'

const ROWS = 5_000
const LIMITS = { limit: 20, lookedAt: 100 }
const MOST_READ = 200 // rows of one table, by one statement

const NUMBERS = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${ROWS})`
const ID = `CAST(100000 + n AS TEXT)`
const DIGEST = `CAST(100000 + n AS TEXT) || '${'0'.repeat(58)}'`
const BUYER = '103000'
const COLLECTOR = '100001' // holds the others’ orders as well

/** Two buyers' worth of everything for each number: half of the events paid, the others are dismissed but for the oldest. */
async function fill({ query }: TestDatabase): Promise<void> {
  for (const [into, values] of [
    ['buyers', `${ID}, n * 1000`],
    ['sessions (secret_hash, buyer, created_at)', `${DIGEST}, ${ID}, n * 1000`],
    [
      'orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)',
      `${ID}, ${ID}, 'article', 'article', 'An article', 25, 25, 'usd', n * 1000`,
    ],
    [
      'intents (id, order_id, hundredths, currency, destination, created_at)',
      `${ID}, ${ID}, 25, 'usd', 'd', n * 1000`,
    ],
    ['holders (order_id, buyer, held_since, acquired_by)', `${ID}, ${ID}, n * 1000, 'ordered'`],
    [
      'holders (order_id, buyer, held_since, acquired_by)',
      `${ID}, CASE WHEN n = 1 THEN '${BUYER}' ELSE '${COLLECTOR}' END, n * 1000, 'redeemed'`,
    ],
    ['entitlements (buyer, scope, order_id, created_at)', `${ID}, 'product:article', ${ID}, n * 1000`],
    ['revocations (id, order_id, reason, revoked_at, revoked_by)', `${ID}, ${ID}, 'a test', n * 1000, 's'`],
    [
      'payments (id, order_id, intent, proof, hundredths, currency, product, paid_at, event)',
      `${ID}, ${ID}, ${ID}, 'webhook', 25, 'usd', 'article', n * 1000, CASE WHEN n % 2 = 0 THEN ${DIGEST} END`,
    ],
    [
      'events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen, dismissed_at)',
      `${DIGEST}, 'payment', ${ID}, 'jws', CASE WHEN n % 2 = 0 THEN 'applied' ELSE 'mismatched' END, n * 1000, n * 1000, 1,
       CASE WHEN n > 1000 THEN n * 1000 END`,
    ],
    ['actions (id, what, subject, acted_at)', `${ID}, 'event-dismissed', ${DIGEST}, n * 1000`],
    ['rejections', `CAST(n AS BIGINT) * 3600000, 'event-malformed', 1`],
  ])
    await query(`INSERT INTO ${into} ${NUMBERS} SELECT ${values} FROM numbers`)
}

/** What the pages of events and buyers ask, first and further back. */
async function ask(given: TestDatabase): Promise<Statement[]> {
  const recorded = recordReads(given.db) // its reads grow, so they are not taken out of it before
  const { db } = recorded
  const digest = `103001${'0'.repeat(58)}`
  for (const standing of ['open', 'done', undefined] as const) {
    await findEvents(db, { verdict: 'mismatched', standing }, LIMITS)
    await findEvents(db, { verdict: 'mismatched', standing }, LIMITS, { at: 3_000_000, id: digest })
  }
  await findAppliedEvents(db, LIMITS)
  await findAppliedEvents(db, LIMITS, { id: BUYER })
  await countOpenEvents(db, 'mismatched', LIMITS.lookedAt)
  await findEvent(db, digest)
  await findActionsOn(db, digest, LIMITS.limit)
  await findBuyersByPrefix(db, '10', LIMITS.limit)
  await findBuyersByPrefix(db, '103', LIMITS.limit, BUYER)
  await findDeskBuyer(db, BUYER)
  await findBrowsersOf(db, BUYER, LIMITS.limit)
  await findHeldByBuyer(db, BUYER, LIMITS)
  await findHeldByBuyer(db, BUYER, LIMITS, { at: 3_000_000, id: BUYER })
  await findHeldByBuyer(db, COLLECTOR, LIMITS)
  await findOtherOrders(db, { order: BUYER, buyer: COLLECTOR }, LIMITS.limit)
  await findOtherPurchases(db, { order: BUYER, buyer: COLLECTOR }, LIMITS.limit)
  await findRightsOf(db, BUYER, LIMITS.limit)
  await findRejections(db, { since: 0, limit: LIMITS.limit })
  return recorded.reads
}

onSqliteAndPostgres((engine) => {
  test('the pages of events and buyers read a few rows of each table, however many there are', async () => {
    const db = await aDatabase(engine)
    if (engine.name === 'postgres') await db.query('VACUUM ANALYZE') // which tells the planner that the tables are empty
    await fill(db)
    const reads = await ask(db)
    expect(reads.length).toBeGreaterThan(12)
    const findScans = engine.name === 'sqlite' ? findScansOnSqlite : findScansOnPostgres
    for (const statistics of ['outdated', 'fresh']) {
      if (statistics === 'fresh') await db.query('ANALYZE')
      for (const read of reads) expect([read, await findScans(db, read)]).toEqual([read, []])
    }
  })
})

/** The database as units of work have it, and the statements that they would run. */
function recordUnits(given: Database): { db: Database; statements: Statement[] } {
  const statements: Statement[] = []
  const write: Database['write'] = async (unit, parameters) => {
    statements.push(...unit.map((sql): Statement => [sql, parameters]))
    return unit.map(() => [])
  }
  const read: Database['read'] = async (...statement) => {
    statements.push(statement)
    return []
  }
  return { db: { ...given, read, write }, statements }
}

const LATER = 10_000_000
const CODES = { wallet: 'a'.repeat(64), order: 'b'.repeat(64), buyer: 'c'.repeat(64) }

/** Links that lead to the order of one buyer, whose access was restored. */
async function giveOut({ query }: TestDatabase): Promise<void> {
  await query(
    `INSERT INTO restorations (revocation, reason, restored_at, restored_by) VALUES ('${BUYER}', 'a test', ${LATER}, 's')`,
  )
  await query(
    `INSERT INTO redemptions (code_hash, order_id, buyer, purpose, holders_allowed, expires_at, created_at)
     VALUES ('${CODES.wallet}', '${BUYER}', NULL, 'wallet', 3, NULL, 0),
       ('${CODES.order}', '${BUYER}', NULL, 'merchant', 3, ${LATER + 1}, 0),
       ('${CODES.buyer}', NULL, '${BUYER}', 'merchant', 3, ${LATER + 1}, 0)`,
  )
}

/** What gives access, and what ends it. */
async function changeAccess(given: Database): Promise<Statement[]> {
  const { db, statements } = recordUnits(given)
  const action = { what: 'a-test', subject: BUYER, session: 's' }
  const instant = { now: LATER, today: 1 }
  const [order, reason] = [BUYER, 'a test']
  const link = { codeHash: 'd'.repeat(64), holdersAllowed: 1, expiresAt: LATER + 1 }
  await issueLink(db, { ...link, order, buyer: undefined }, action, LATER)
  await issueLink(db, { ...link, order: undefined, buyer: BUYER }, action, LATER)
  for (const codeHash of Object.values(CODES)) {
    const request = { id: order, codeHash, now: LATER, walletLifeMs: LATER, buyer: '104000' }
    await findRedemption(db, request)
    await redeem(db, request)
  }
  await revokeAccess(db, { order, buyer: undefined, reason }, action, instant)
  await revokeAccess(db, { order, buyer: BUYER, reason }, action, instant)
  await restoreAccess(db, { order, revocation: BUYER, reason }, action, instant)
  const money = { hundredths: 25, currency: 'usd', event: `103001${'0'.repeat(58)}` }
  await honourOrder(db, { order, intent: '103001', reason, ...money }, action, instant)
  return statements
}

onSqliteAndPostgres((engine) => {
  test('links and the end of access read a few rows of each table, however many there are', async () => {
    const db = await aDatabase(engine)
    await fill(db)
    await giveOut(db)
    const statements = await changeAccess(db.db)
    const findScans = engine.name === 'sqlite' ? findScansOnSqlite : findScansOnPostgres
    for (const statistics of ['outdated', 'fresh']) {
      if (statistics === 'fresh') await db.query('ANALYZE')
      for (const statement of statements)
        expect([statement, await findScans(db, statement)]).toEqual([statement, []])
    }
  })
})

// Sorting is fine for rows that were seen at the same moment, for those of one buyer or order, and for what was done to one subject.
const SCAN = /^SCAN (events|payments|honoured|orders|intents|holders|sessions|entitlements|actions|buyers)\b/

async function findScansOnSqlite({ path }: TestDatabase, read: Statement): Promise<string[]> {
  const steps = explainOnSqlite(path, read)
  const sortsAll =
    steps.includes('USE TEMP B-TREE FOR ORDER BY') && !/@(buyer|subject|order|intent)\b/.test(read[0])
  const isOfSubquery = (step: string) => steps.includes(step.replace('SCAN', 'CO-ROUTINE'))
  return [
    ...steps.filter((step) => SCAN.test(step) && !isOfSubquery(step)),
    ...(sortsAll ? ['sorts everything'] : []),
  ]
}

async function findScansOnPostgres({ url }: TestDatabase, read: Statement) {
  return (await scanOnPostgres(url, read)).filter(({ rows }) => rows > MOST_READ)
}
