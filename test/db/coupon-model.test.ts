import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findCouponStanding, NoUseLeft, newId } from '../../db/index.ts'
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

interface Reservation {
  buyer: number
  product: string
  address: string
  until: number
}

interface World {
  db: TestDatabase
  instances: AskedDatabase[]
  buyers: string[]
  orders: { id: string; intent: string; isPaid: boolean }[]
  now: number
  /** By order */
  reserved: Map<string, Reservation>
  taken: number
  over: number
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
    return { db, instances, buyers, orders: [], now: NOW, reserved: new Map(), taken: 0, over: 0 }
  }
})

async function take(next: Step, world: World): Promise<void> {
  if (next.act === 'wait') world.now += next.ms
  else if (next.act === 'order') await order(world, next)
  else await pay(world, next)
}

async function order(world: World, { buyer, product, address, instance }: Extract<Step, { act: 'order' }>) {
  const { now, reserved } = world
  const isAllowed = mayReserve(world, { buyer, product, address })
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
  for (const [held, each] of reserved) if (each.buyer === buyer || each.until <= now) reserved.delete(held)
  reserved.set(id, { buyer, product, address, until: now + HOUR })
  world.orders.push({ id, intent: stored.intent, isPaid: false })
}

/** One use a browser and so many an address; the browser's order of the same product passes its own on. */
function mayReserve(
  { now, reserved, taken }: World,
  { buyer, product, address }: Omit<Reservation, 'until'>,
) {
  const others = [...reserved.values()].filter(
    (each) => each.until > now && !(each.buyer === buyer && each.product === product),
  )
  return (
    taken + others.length < USES &&
    !others.some((each) => each.buyer === buyer) &&
    others.filter((each) => each.address === address).length < PER_ADDRESS
  )
}

async function pay(world: World, { which, instance }: Extract<Step, { act: 'pay' }>): Promise<void> {
  const { orders, reserved, now } = world
  const paid = orders[which % Math.max(orders.length, 1)]
  if (!paid) return
  await (world.instances[instance] as AskedDatabase).settle(anEvent(paid), now)
  if (paid.isPaid) return
  paid.isPaid = true
  for (const [held, each] of reserved) if (held !== paid.id && each.until <= now) reserved.delete(held)
  if (reserved.delete(paid.id) || world.taken + reserved.size < USES) world.taken++
  else world.over++
}

async function assertSame({ db, reserved, taken, over, now }: World): Promise<void> {
  const standing = await findCouponStanding(db.db, COUPON, 1_000, now)
  const held = [...reserved.values()].filter(({ until }) => until > now).length
  expect(standing).toEqual({ coupon: COUPON, taken, over, reserved: held })
  expect(standing.taken + standing.reserved).toBeLessThanOrEqual(USES)
}
