import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Database } from '../../db/index.ts'
import {
  DAYS_SHOWN,
  findProductRevenue,
  foldRound,
  localDays,
  newFolding,
  readFigures,
  recompute,
} from '../../server/summaries/index.ts'
import { aDatabase, anInstance } from '../support/database.ts'
import { type Engine, onSqliteAndPostgres, sqlite } from '../support/engines.ts'
import { fuzzing } from '../support/fuzz.ts'
import { add, type Ledger, newLedger, revenueDirectly, sumDirectly } from '../support/ledger.ts'
import { aClock } from '../support/workplace.ts'

// Payments, refunds, later proofs, clocks that jump, instances that die between two steps of folding: at any moment, the
// summaries and the rows that they don't have yet add up to what the rows alone say.

const MINUTE = 60_000
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/New_York']

const which = fc.nat(9)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('offer' as const), product: fc.nat(2), currency: fc.nat(1) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('pay' as const),
      which,
      proof: fc.constantFrom('webhook' as const, 'status' as const, 'free' as const, 'merchant' as const),
      waited: fc.nat(200_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('prove' as const), which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('refund' as const), which }) },
  // A unit of work whose clock is behind, or which was begun long ago
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('late' as const),
      which,
      by: fc.constantFrom(11 * MINUTE, 200 * MINUTE, 3_000 * MINUTE),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(
        MINUTE,
        11 * MINUTE,
        200 * MINUTE,
        3_000 * MINUTE,
        -11 * MINUTE,
        -70 * MINUTE,
        -3_000 * MINUTE,
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('fold' as const), instance: fc.nat(1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('crash' as const),
      instance: fc.nat(1),
      after: fc.nat(6),
      isCommitted: fc.boolean(),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface World {
  ledger: Ledger
  clock: ReturnType<typeof aClock>
  instances: { db: Database; folding: ReturnType<typeof newFolding> }[]
  timeZone: string
}

onSqliteAndPostgres((engine) => {
  const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: engine === sqlite ? 8 : 2 })

  test(
    `at any moment, the summaries and the rest are what the rows say (SEED=${SEED} RUNS=${RUNS})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 10, maxLength: 50 }),
          fc.constantFrom(...ZONES),
          async (steps, timeZone) => {
            const world = await aWorld(engine, timeZone)
            for (const next of steps) {
              await take(next, world)
              await assertExact(world)
            }
            world.clock.advance(20_000) // longer than the other instance may keep the lease
            const [{ db }] = world.instances as [World['instances'][number]]
            const found = await recompute({ db, clock: world.clock, config: { timeZone } })
            expect(found).toMatchObject({ corrected: [], sumsCorrected: false, isRight: true })
            await assertExact(world)
            await Promise.all(world.instances.map(({ db }) => db.close()))
          },
        ),
        run,
      )
    },
    TIMEOUT_MS,
  )
})

async function aWorld(engine: Engine, timeZone: string): Promise<World> {
  const { db, url } = await aDatabase(engine)
  const other = await anInstance(url)
  const clock = aClock(Date.UTC(2026, 2, 10, 3, 50))
  return {
    ledger: newLedger(db),
    clock,
    instances: [db, other.db].map((each) => ({ db: each, folding: newFolding() })),
    timeZone,
  }
}

async function take(next: Step, world: World): Promise<void> {
  const { ledger, clock } = world
  switch (next.act) {
    case 'offer':
    case 'pay':
    case 'prove':
    case 'refund':
      return add(ledger, next, clock.now())
    case 'late':
      return add(
        ledger,
        { act: 'pay', which: next.which, proof: 'webhook', waited: 5_000 },
        clock.now() - next.by,
      )
    case 'wait':
      return clock.advance(next.ms)
    case 'fold':
      return fold(world, next.instance)
    case 'crash':
      return crash(world, next)
  }
}

async function fold({ instances, clock, timeZone }: World, index: number): Promise<void> {
  const { db, folding } = instances[index] as World['instances'][number]
  await foldRound({ db, clock, config: { timeZone } }, folding)
}

/** The instance dies while it writes: what it remembers is lost, and whether the last unit was committed is unknown. */
async function crash(
  { instances, clock, timeZone }: World,
  { instance, after, isCommitted }: { instance: number; after: number; isCommitted: boolean },
): Promise<void> {
  const { db } = instances[instance] as World['instances'][number]
  let left = after
  const dying: Database = {
    ...db,
    async write(statements, parameters) {
      if (left-- > 0) return db.write(statements, parameters)
      if (isCommitted) await db.write(statements, parameters)
      throw new Error('The instance died.')
    },
  }
  const { folding } = instances[instance] as World['instances'][number]
  await foldRound({ db: dying, clock, config: { timeZone } }, folding).catch(() => undefined)
  instances[instance] = { db: { ...db, instance: `${db.instance} again` }, folding: newFolding() }
}

async function assertExact({ ledger, clock, instances, timeZone }: World): Promise<void> {
  const days = localDays(clock.now(), timeZone, DAYS_SHOWN)
  const db = instances[0]?.db as Database
  const { days: found, isBehind } = await readFigures(db, days)
  expect(isBehind).toBe(false)
  expect(found.map(sorted)).toEqual((await sumDirectly(ledger, days)).map(sorted))
  const { products } = await findProductRevenue(db)
  expect(products.map((revenue) => JSON.stringify(revenue)).sort()).toEqual(await revenueDirectly(ledger))
}

function sorted({ sums, waits }: Awaited<ReturnType<typeof readFigures>>['days'][number]) {
  return {
    sums: sums.map((sum) => `${sum.currency} ${sum.what} ${sum.times} ${sum.hundredths}`).sort(),
    waits: [...waits].map(([bucket, times]) => `${bucket} ${times}`).sort(),
  }
}
