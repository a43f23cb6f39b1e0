import { expect, test } from '@jest/globals'
import { ShopError } from '../../server/errors.ts'
import { countRejection, writeRejections } from '../../server/orders/count-rejections.ts'
import { HOUR_MS } from '../../server/time.ts'
import { aClock } from '../support/workplace.ts'

/** What counting needs of a shop, with a database that counts what it is asked to write. */
function aCounter() {
  const writes: object[] = []
  const clock = aClock()
  const db = {
    write: async (_statements: readonly string[], parameters: object) => {
      writes.push(parameters)
      return []
    },
  }
  const unwritten = { counts: new Map(), timer: undefined as NodeJS.Timeout | undefined }
  const log = { warn: () => undefined }
  return { writes, clock, unwritten, shop: { db, clock, log, unwritten } as never }
}

const rejection = new ShopError('event-malformed', () => 'x')

test('ten thousand rejected deliveries are one write, which nothing waits for', async () => {
  const { writes, unwritten, shop } = aCounter()
  for (let delivery = 0; delivery < 10_000; delivery++) countRejection(shop, rejection)
  expect(writes).toEqual([])
  expect(unwritten.timer?.hasRef()).toBe(false) // it keeps no process running
  await writeRejections(shop)
  await writeRejections(shop)
  expect(writes).toEqual([expect.objectContaining({ reason0: 'event-malformed', count0: 10_000 })])
})

test('what waits for a database is bounded, however long it is away', () => {
  const { clock, unwritten, shop } = aCounter()
  for (let hour = 0; hour < 1_000; hour++) {
    countRejection(shop, rejection)
    clock.advance(HOUR_MS)
  }
  expect(unwritten.counts.size).toBeLessThanOrEqual(200)
  clearTimeout(unwritten.timer)
})

test('a failure of the shop itself is no rejection', () => {
  const { unwritten, shop } = aCounter()
  countRejection(shop, new Error('the disk is full'))
  expect(unwritten).toEqual({ counts: new Map(), timer: undefined })
})
