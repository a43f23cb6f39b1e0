import { expect, test } from '@jest/globals'
import { type ErrorCode, ShopError } from '../../server/errors.ts'
import { noteRejection, writeRejections } from '../../server/orders/rejections.ts'
import { newTally } from '../../server/tally.ts'
import { HOUR_MS } from '../../server/time.ts'
import { aClock } from '../support/workplace.ts'

/** What noting rejections needs of a shop, with a database that counts what it is asked to write. */
function aShop() {
  const writes: object[] = []
  const warnings: object[] = []
  const db = {
    write: async (_statements: readonly string[], parameters: object) => {
      writes.push(parameters)
      return []
    },
  }
  const clock = aClock()
  const unwritten = { counts: new Map(), timer: undefined as NodeJS.Timeout | undefined }
  const log = { warn: (facts: object) => warnings.push(facts) }
  const tally = newTally()
  const shop = {
    db,
    clock,
    log,
    tally,
    rejectionWarnings: new Map(),
    unwrittenRejections: unwritten,
  } as never
  return { writes, warnings, clock, unwritten, tally, shop }
}

function aRejection({ code = 'event-malformed' as ErrorCode, type = 'application/jwt' } = {}) {
  return {
    headers: { 'content-type': type },
    error: new ShopError(code, () => 'x'),
    received: Buffer.from('ü'.repeat(100), 'latin1'),
  }
}

test('ten thousand rejected deliveries are one write, which nothing waits for', async () => {
  const { writes, unwritten, shop } = aShop()
  for (let delivery = 0; delivery < 10_000; delivery++) noteRejection(shop, aRejection())
  expect(writes).toEqual([])
  expect(unwritten.timer?.hasRef()).toBe(false) // it keeps no process running
  await writeRejections(shop)
  await writeRejections(shop)
  expect(writes).toEqual([expect.objectContaining({ reason0: 'event-malformed', count0: 10_000 })])
})

test('what waits for a database is bounded, however long it is away', () => {
  const { clock, unwritten, shop } = aShop()
  for (let hour = 0; hour < 1_000; hour++) {
    noteRejection(shop, aRejection())
    clock.advance(HOUR_MS)
  }
  expect(unwritten.counts.size).toBe(200)
  clearTimeout(unwritten.timer)
})

test('a failure of the shop itself is no rejection', () => {
  const { unwritten, warnings, tally, shop } = aShop()
  noteRejection(shop, { ...aRejection(), error: new Error('the disk is full') })
  expect(unwritten).toEqual({ counts: new Map(), timer: undefined })
  expect(warnings).toEqual([])
  expect(tally.rejections).toEqual(new Map())
})

test('a warning comes again after a minute, with the number of those in between, for each reason', () => {
  const { warnings, unwritten, shop } = aShop()
  for (let second = 0; second <= 120; second++) noteRejection(shop, aRejection(), second * 1_000)
  noteRejection(shop, aRejection({ code: 'event-not-trusted', type: `text/${'x'.repeat(100)}` }), 3_000)
  expect(warnings).toMatchObject([
    { code: 'event-malformed', count: 1, received: '\\xfc'.repeat(60) },
    { code: 'event-malformed', count: 60 },
    { code: 'event-malformed', count: 60 },
    { code: 'event-not-trusted', count: 1, contentType: `text/${'x'.repeat(55)}` },
  ])
  clearTimeout(unwritten.timer)
})
