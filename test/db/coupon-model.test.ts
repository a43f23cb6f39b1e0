import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findCouponStanding, NoUseLeft, newId } from '../../db/index.ts'
import {
  aModelOfUses,
  type CouponModel,
  mayReserve,
  payUse,
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
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'
import { fuzzing } from '../support/fuzz.ts'

// Buyers at few addresses order with a coupon, in either of two instances; offers are renewed, paid in time, late or never; hours
// pass, and the clock is set back. A use is reserved or refused as the rules say, reserved and final uses together never exceed
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
    arbitrary: fc.record({ act: fc.constant('pay' as const), which: fc.nat(19), instance: fc.nat(1) }),
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
  orders: { id: string; intent: string }[]
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
  else await pay(world, next)
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
  if (!stored) return
  reserveUse(model, id, reservation, now)
  world.orders.push({ id, intent: stored.intent })
}

async function pay(world: World, { which, instance }: Extract<Step, { act: 'pay' }>): Promise<void> {
  const { orders, model, now } = world
  const paid = orders[which % Math.max(orders.length, 1)]
  if (!paid) return
  await (world.instances[instance] as AskedDatabase).settle(anEvent(paid), now)
  payUse(model, paid.id, now)
}

async function assertSame({ db, model, now }: World): Promise<void> {
  const standing = await findCouponStanding(db.db, COUPON, 1_000, now)
  expect(standing).toEqual({ coupon: COUPON, ...standingOf(model, now) })
  expect(standing.taken + standing.reserved).toBeLessThanOrEqual(USES)
}
