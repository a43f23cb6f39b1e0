import { expect } from '@jest/globals'
import type supertest from 'supertest'
import { findApiAccess } from '../../db/index.ts'
import { rightNow } from '../../server/local-days.ts'
import { breakSearch } from './break-search.ts'
import { type Allowance, aModelOfCalls, type CallModel, knows, leftOf, takeCall } from './call-model.ts'
import { column, rows } from './file-rows.ts'
import type { Browser, TestShop } from './shop.ts'

const BOUGHT = 3

export const CALLS_FILE = `---\ntitle: Three searches\nprice: 0.25 usd\nkind: api\nendpoint: search\ncalls: ${BOUGHT}\nsummary: Search.\n---\nText.\n`

export interface CallStory extends CallModel {
  /** By buyer */
  keys: Map<string, string>
}

export const aStoryOfCalls = (): CallStory => ({ ...aModelOfCalls(), keys: new Map() })

export interface Caller {
  buyer: string
  browser: Browser
  /** The paid orders of calls that the buyer holds, and that nobody has ended */
  allowances: readonly Allowance[]
}

export const asAllowance = (order: string): Allowance => ({ order, bought: BOUGHT })

export interface CallStep {
  /** The idempotency key */
  name: string | null
  /** Whether the shop fails once the call is counted */
  isBroken: boolean
}

/** Calls the API with the buyer's key, or with a new one if there is none. */
export async function callAndExpect(
  story: CallStory,
  shop: TestShop,
  caller: Caller,
  asked: CallStep,
): Promise<void> {
  const key = await keyOf(story, caller)
  if (key === undefined) return
  const { buyer, allowances } = caller
  const before = leftOf(story, allowances)
  const named = `${buyer} ${asked.name}`
  const known = asked.name !== null && allowances.length > 0 && knows(story, named, shop.clock.now())
  const step = known === 'perhaps' ? { ...asked, isBroken: false } : asked
  const { status, headers } = await call(shop, key, step)
  const left = Number(headers['calls-left'] ?? 0)
  const isRepeated = known === 'perhaps' ? status !== 402 && left === before : known
  if (isRepeated) return expect([status, left]).toEqual([step.isBroken ? 500 : 200, before])
  if (before === 0) return expect(status).toBe(402)
  if (step.isBroken) return expect([status, left]).toEqual([500, before])
  takeCall(story, allowances)
  if (step.name !== null) story.known.set(named, shop.clock.now())
  expect([status, left]).toEqual([200, before - 1])
}

/** Calls in a process that may be killed meanwhile. Whatever was counted, it is one call at most, and its key is known then. */
export async function callAndDie(
  story: CallStory,
  shop: TestShop,
  {
    caller,
    step,
    kill,
  }: { caller: Caller; step: CallStep; kill: (work: () => Promise<void>) => Promise<void> },
): Promise<void> {
  const key = await keyOf(story, caller)
  if (key === undefined) return
  const kept = rows(shop, 'SELECT * FROM api_calls').length
  await kill(async () => void (await call(shop, key, step)))
  const counted = countedOf(shop)
  const before = new Map(story.counted)
  if (sumOf(counted) === sumOf(before)) return
  expect(takeCall(story, caller.allowances)).toBe(true)
  expect(sumOf(story.counted)).toBe(sumOf(counted))
  if (step.name === null) return
  expect(rows(shop, 'SELECT * FROM api_calls').length - kept).toBeLessThanOrEqual(1)
  story.known.set(`${caller.buyer} ${step.name}`, shop.clock.now())
}

const sumOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)

function call(shop: TestShop, key: string, { name, isBroken }: CallStep): Promise<supertest.Response> {
  const repair = isBroken ? breakSearch(shop) : () => {}
  const headers = { Accept: 'application/json', Authorization: `Bearer ${key}` }
  return shop
    .request()
    .get('/api/search?q=bread')
    .set({ ...headers, ...(name !== null && { 'Idempotency-Key': name }) })
    .ok(() => true)
    .then((response) => {
      repair()
      return response
    })
}

async function keyOf(
  { keys }: CallStory,
  { buyer, browser, allowances }: Caller,
): Promise<string | undefined> {
  if (!keys.has(buyer)) {
    const { status, body } = await browser
      .post('/api-keys')
      .send({ endpoint: 'search' })
      .ok(() => true)
    expect(status).toBe(allowances.length > 0 ? 201 : 402)
    if (status === 201) keys.set(buyer, body.key)
  }
  return keys.get(buyer)
}

function countedOf(shop: TestShop): Map<string, number> {
  const sql = `SELECT order_id AS 'order', ${BOUGHT} - calls_left AS counted FROM allowances`
  const found = rows(shop, sql) as { order: string; counted: number }[]
  return new Map(found.map(({ order, counted }) => [order, counted]))
}

/** What was bought is what was counted and what is left, for each order and each buyer. */
export async function assertCalls(
  story: CallStory,
  shop: TestShop,
  allowancesOf: (buyer: string) => Allowance[],
): Promise<void> {
  const now = shop.clock.now()
  story.latest = Math.max(story.latest, now)
  const nothing = (counts: Map<string, number>) => [...counts].filter(([, count]) => count !== 0).sort()
  expect(nothing(countedOf(shop))).toEqual(nothing(story.counted))
  for (const buyer of column(shop, 'SELECT id FROM buyers').map(String)) {
    const [access] = await findApiAccess(shop.db, buyer, rightNow(shop).today)
    const allowances = allowancesOf(buyer)
    const bought = allowances.length * BOUGHT
    expect([buyer, access?.callsLeft ?? 0, access?.callsBought ?? 0]).toEqual([
      buyer,
      leftOf(story, allowances),
      bought,
    ])
  }
}
