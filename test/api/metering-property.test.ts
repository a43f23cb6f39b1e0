import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type ApiCall,
  countCall,
  findApiAccess,
  giveCallBack,
  replaceApiKey,
  restoreAccess,
  revokeAccess,
} from '../../db/index.ts'
import {
  type AskedDatabase,
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  at,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'
import { fuzzing } from '../support/fuzz.ts'

// Anything may happen in any order: orders of calls, friends who redeem them, calls with and without idempotency keys, in
// either of two instances and many at once, calls that the shop gives back, keys that are replaced, access that ends and comes
// back. Whatever it was, a call passes if and only if an order of its caller has one left; the oldest order gives it; and what
// was bought is what was counted and what is left.

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 15 })
const SCOPE = 'api:search'
const BUYERS = 2
const AT = at(NOW)

const buyer = fc.nat(BUYERS - 1)
const which = fc.nat(9)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('buy' as const), buyer, calls: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('call' as const), buyer, instance: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('repeat' as const),
      buyer,
      instance: fc.nat(1),
      key: fc.nat(2),
      request: fc.constantFrom('a', 'b'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('crowd' as const),
      buyer,
      count: fc.integer({ min: 2, max: 8 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('fail' as const), buyer, isReplaced: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('redeem' as const), buyer, which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('replace' as const), buyer }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('revoke' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restore' as const), which }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Sold {
  id: string
  left: number
  bought: number
  holders: Set<number>
  isRevoked: boolean
}

interface World {
  db: TestDatabase
  instances: AskedDatabase[]
  buyers: string[]
  keys: string[]
  /** In the order of their ids, which is that of their time */
  orders: Sold[]
  /** What was asked with an idempotency key, by buyer and key */
  repeated: Map<string, string>
  count: number
}

onEveryEngine((engine) => {
  test(
    `calls that were bought are calls that were counted and calls that are left (SEED=${SEED} RUNS=${RUNS})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          const world = await aWorld()
          try {
            for (const next of steps) {
              await take(next, world)
              await assertAddsUp(world)
            }
          } finally {
            await Promise.all(world.instances.map((instance) => instance.close()))
          }
        }),
        { ...run, numRuns: engine.name === 'sqlite' ? run.numRuns : Math.ceil(run.numRuns / 8) },
      )
    },
    TIMEOUT_MS,
  )

  async function aWorld(): Promise<World> {
    const db = await aDatabase(engine)
    const buyers = await Promise.all(Array.from({ length: BUYERS }, () => aBuyer(db)))
    const instances = [db, await anInstance(db.url)]
    return { db, instances, buyers, keys: [], orders: [], repeated: new Map(), count: 0 }
  }
})

async function take(next: Step, world: World): Promise<void> {
  const order = 'which' in next ? world.orders[next.which % Math.max(world.orders.length, 1)] : undefined
  switch (next.act) {
    case 'buy':
      return buy(world, next.buyer, next.calls)
    case 'call':
      return expectCall(world, next.buyer, await call(world, next.buyer, next.instance))
    case 'repeat':
      return repeat(world, next)
    case 'crowd':
      return crowd(world, next.buyer, next.count)
    case 'fail':
      return fail(world, next.buyer, next.isReplaced)
    case 'redeem':
      return order && redeem(world, order, next.buyer)
    case 'replace':
      return makeKey(world, next.buyer)
    case 'revoke':
      return order && revoke(world, order)
    case 'restore':
      return order && restore(world, order)
  }
}

async function buy(world: World, buyer: number, calls: number): Promise<void> {
  const { db, buyers, orders } = world
  const grants = [{ scope: SCOPE, days: null, calls }]
  const id = `${String(++world.count).padStart(12, '0')}-order`
  const mine = { id, buyer: buyers[buyer] as string, product: `calls-${world.count}`, grants, onlyOnce: null }
  const order = await placeOrder(db, aNewOrder(mine))
  await db.confirmOrder(order, hashOf(`code of ${order.id}`), true, NOW)
  expect(await db.settle(anEvent(order), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
  orders.push({ id: order.id, left: calls, bought: calls, holders: new Set([buyer]), isRevoked: false })
  if (world.keys[buyer] === undefined) await makeKey(world, buyer)
}

async function makeKey(world: World, buyer: number): Promise<void> {
  const keyHash = hashOf(`key ${++world.count}`)
  const key = { keyHash, buyer: world.buyers[buyer] as string, scope: SCOPE }
  const isMade = await replaceApiKey(world.db.db, key, AT)
  expect(isMade).toBe(openOrders(world, buyer).length > 0)
  if (isMade) world.keys[buyer] = keyHash
}

const openOrders = ({ orders }: World, buyer: number) =>
  orders.filter(({ holders, isRevoked }) => holders.has(buyer) && !isRevoked)
const leftOf = (world: World, buyer: number) =>
  openOrders(world, buyer).reduce((sum, { left }) => sum + left, 0)

function call(world: World, buyer: number, instance: number, idempotency?: ApiCall['idempotency']) {
  const { db } = world.instances[instance] as AskedDatabase
  return countCall(db, aCall(world, buyer, idempotency), AT, NOW)
}

function aCall(world: World, buyer: number, idempotency?: ApiCall['idempotency']): ApiCall {
  return {
    call: `call ${++world.count}`,
    keyHash: world.keys[buyer] ?? hashOf('none'),
    scope: SCOPE,
    idempotency,
  }
}

/** Takes a call into the model: the oldest order that has one left gives it. */
function expectCall(world: World, buyer: number, outcome: Awaited<ReturnType<typeof countCall>>): void {
  const giver = world.keys[buyer] && openOrders(world, buyer).find(({ left }) => left > 0)
  if (giver) giver.left--
  expect(outcome).toEqual(
    giver
      ? { outcome: 'counted', order: giver.id, callsLeft: leftOf(world, buyer) }
      : { outcome: 'none-left' },
  )
}

async function repeat(world: World, { buyer, instance, key, request }: Extract<Step, { act: 'repeat' }>) {
  const idempotency = { key: String(key), requestHash: hashOf(request) }
  const outcome = await call(world, buyer, instance, idempotency)
  const name = `${buyer} ${key}`
  const before =
    world.keys[buyer] && openOrders(world, buyer).length > 0 ? world.repeated.get(name) : undefined
  if (before === undefined) {
    expectCall(world, buyer, outcome)
    if (outcome.outcome === 'counted') world.repeated.set(name, request)
  } else if (before === request)
    expect(outcome).toEqual({ outcome: 'repeated', callsLeft: leftOf(world, buyer) })
  else expect(outcome).toEqual({ outcome: 'reused' })
}

async function crowd(world: World, buyer: number, count: number): Promise<void> {
  const passes = world.keys[buyer] ? Math.min(count, leftOf(world, buyer)) : 0
  const outcomes = await Promise.all(
    Array.from({ length: count }, (_, index) => call(world, buyer, index % 2)),
  )
  expect(outcomes.filter(({ outcome }) => outcome === 'counted')).toHaveLength(passes)
  for (let taken = 0; taken < passes; taken++) {
    const giver = openOrders(world, buyer).find(({ left }) => left > 0)
    if (giver) giver.left--
  }
}

/** The shop answers with 5xx, perhaps after the key was replaced: the call isn't counted in the end, and its retry is. */
async function fail(world: World, buyer: number, isReplaced: boolean): Promise<void> {
  const idempotency = { key: `failing ${++world.count}`, requestHash: hashOf('a') }
  const made = aCall(world, buyer, idempotency)
  const outcome = await countCall(world.db.db, made, AT, NOW)
  if (outcome.outcome !== 'counted') return
  if (isReplaced) await makeKey(world, buyer)
  await giveCallBack(world.db.db, { ...made, order: outcome.order }, NOW)
  expectCall(world, buyer, await call(world, buyer, 0, idempotency))
}

async function redeem({ db, buyers }: World, order: Sold, buyer: number): Promise<void> {
  const outcome = await db.redeem(order.id, hashOf(`code of ${order.id}`), buyers[buyer] as string, NOW)
  if (outcome === 'redeemed') order.holders.add(buyer)
}

async function revoke({ db }: World, order: Sold): Promise<void> {
  const act = { what: 'revoke', subject: order.id, session: 'desk' }
  await revokeAccess(db.db, { order: order.id, buyer: undefined, reason: 'a reason' }, act, AT)
  order.isRevoked = true
}

async function restore({ db }: World, order: Sold): Promise<void> {
  const act = { what: 'restore', subject: order.id, session: 'desk' }
  const found = await db.query(
    `SELECT id FROM revocations WHERE order_id = '${order.id}' AND id NOT IN (SELECT revocation FROM restorations)`,
  )
  for (const { id } of found)
    await restoreAccess(db.db, { order: order.id, revocation: String(id), reason: 'a reason' }, act, AT)
  order.isRevoked = false
}

async function assertAddsUp(world: World): Promise<void> {
  const { db, buyers, orders } = world
  for (const { order_id, calls_left } of await db.query('SELECT order_id, calls_left FROM allowances'))
    expect([order_id, Number(calls_left)]).toEqual([order_id, orders.find(({ id }) => id === order_id)?.left])
  for (const [index, buyer] of buyers.entries()) {
    const open = openOrders(world, index)
    const [access] = await findApiAccess(db.db, buyer, AT.today)
    const bought = open.reduce((sum, order) => sum + order.bought, 0)
    expect([access?.callsLeft ?? 0, access?.callsBought ?? 0]).toEqual([leftOf(world, index), bought])
  }
}
