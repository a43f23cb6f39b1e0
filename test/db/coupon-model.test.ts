import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  findCouponStanding,
  honourOrder,
  NoUseLeft,
  newId,
  type OpenOrder,
  reopenOrder,
} from '../../db/index.ts'
import {
  aModelOfUses,
  type CouponModel,
  forgetEnded,
  mayReserve,
  payUse,
  renewUse,
  reserveUse,
  standingOf,
} from '../support/coupon-model.ts'
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

// Buyers at few addresses order with a coupon, in either of two instances, or go back to an order that they had before; offers are renewed, paid in time, late or never, as an
// event, a status or the merchant says; hours pass, and the clock is set back. A use is reserved or refused as the rules say, reserved and final uses together never exceed
// the limit, and money that comes when none is left is honoured outside the count.

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 20 })
const COUPON = 'SPRING'
const USES = 3
const PER_ADDRESS = 2
const HOUR = 3_600_000
const BUYERS = 4
const PRODUCTS = ['bread', 'cake']

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('order' as const),
      buyer: fc.nat(BUYERS - 1),
      product: fc.constantFrom(...PRODUCTS),
      address: fc.constantFrom('home', 'office', 'café'),
      instance: fc.nat(1),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('pay' as const),
      which: fc.nat(19),
      proof: fc.constantFrom('event' as const, 'status' as const, 'merchant' as const),
      instance: fc.nat(1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('again' as const),
      which: fc.nat(19),
      address: fc.constantFrom('home', 'office', 'café'),
      instance: fc.nat(1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('renew' as const), which: fc.nat(19), instance: fc.nat(1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, HOUR / 2, HOUR, 30 * HOUR, -HOUR),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface World {
  db: TestDatabase
  instances: AskedDatabase[]
  buyers: string[]
  orders: OpenOrder[]
  now: number
  model: CouponModel
}

onEveryEngine((engine) => {
  test(
    `uses of a coupon are reserved, taken and left as a model says (SEED=${SEED} RUNS=${RUNS})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const world = await aWorld()
          try {
            for (const next of steps) {
              await take(next, world)
              await assertSame(world)
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
    return { db, instances, buyers, orders: [], now: NOW, model: aModelOfUses(USES, PER_ADDRESS) }
  }
})

async function take(next: Step, world: World): Promise<void> {
  if (next.act === 'wait') world.now += next.ms
  else if (next.act === 'order') await order(world, next)
  else {
    const chosen = world.orders[next.which % Math.max(world.orders.length, 1)]
    const db = world.instances[next.instance] as AskedDatabase
    if (chosen && next.act === 'again')
      await orderAgain(world, db, { earlier: chosen, address: next.address })
    else if (chosen && next.act === 'renew') await renew(world, db, chosen)
    else if (chosen && next.act === 'pay') await pay(world, db, { order: chosen, proof: next.proof })
  }
}

async function order(world: World, { buyer, product, address, instance }: Extract<Step, { act: 'order' }>) {
  const { now, model } = world
  const reservation = { buyer: String(buyer), product, address, until: now + HOUR }
  const isAllowed = mayReserve(model, reservation, now)
  const db = world.instances[instance] as AskedDatabase
  const id = newId(now)
  const couponUse = { uses: USES, address, perAddress: PER_ADDRESS, reservedUntil: now + HOUR }
  const mine = { buyer: world.buyers[buyer] as string, product, grants: [], onlyOnce: null }
  const made = aNewOrder({ ...mine, id, listHundredths: 500, coupon: COUPON, couponUse })
  const open = await db.findOpenOrder(mine.buyer, product)
  const stored = await placeOrder(db, made, open?.intent, now).catch((error) => {
    if (!(error instanceof NoUseLeft)) throw error
    return undefined
  })
  expect(stored !== undefined).toBe(isAllowed)
  if (!stored) return forgetEnded(model, now)
  reserveUse(model, id, reservation, now)
  world.orders.push(stored)
  await renew(world, db, stored) // without an offer, no status would pay it
}

/** The buyer goes back to an order that isn’t the open one any more. */
async function orderAgain(
  { buyers, model, now }: World,
  db: AskedDatabase,
  { earlier, address }: { earlier: OpenOrder; address: string },
): Promise<void> {
  const { id, buyer, product } = earlier
  const open = await db.findOpenOrder(buyer, product)
  if (!open || open.id === id) return
  const reservation = { buyer: String(buyers.indexOf(buyer)), product, address, until: now + HOUR }
  const isAllowed = mayReserve(model, reservation, now)
  const couponUse = { uses: USES, address, perAddress: PER_ADDRESS, reservedUntil: now + HOUR }
  const again = { earlier, onlyOnce: null, couponUse }
  const reopened = await reopenOrder(db.db, again, open.intent, at(now)).catch((error) => {
    if (!(error instanceof NoUseLeft)) throw error
    return undefined
  })
  expect(reopened?.id === id).toBe(isAllowed && !model.paid.has(id))
  if (reopened?.id === id) reserveUse(model, id, reservation, now)
  else forgetEnded(model, now)
}

/** Code was sent the intent, for the first time or once more. */
async function renew({ model, now }: World, db: AskedDatabase, order: OpenOrder): Promise<void> {
  await db.confirmOrder(order, hashOf(randomUUID()), true, now, now + HOUR)
  renewUse(model, order.id, now + HOUR)
}

interface Paying {
  order: OpenOrder
  proof: Extract<Step, { act: 'pay' }>['proof']
}

async function pay({ model, now }: World, db: AskedDatabase, { order, proof }: Paying): Promise<void> {
  const { id, intent } = order
  if (proof === 'event') await db.settle(anEvent(order), now)
  else if (proof === 'status') await db.settleByStatus(intent, now)
  else {
    const money = { hundredths: 20, currency: 'usd', reason: 'seen', event: undefined }
    const action = { what: 'honour', subject: id, session: 'the desk' }
    await honourOrder(db.db, { order: id, intent, ...money }, action, at(now))
  }
  expect(await db.isPaid(intent)).toBe(true)
  payUse(model, id, now)
}

async function assertSame({ db, model, now }: World): Promise<void> {
  const standing = await findCouponStanding(db.db, COUPON, 1_000, now)
  expect(standing).toEqual({ coupon: COUPON, ...standingOf(model, now) })
  expect(standing.taken + standing.reserved).toBeLessThanOrEqual(USES)
}
