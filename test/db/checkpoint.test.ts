import { afterEach, expect, jest, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { aDatabase, NOW } from '../support/database.ts'
import { until } from '../support/until.ts'
import { later } from '../support/workplace.ts'

const WAL_LIFE_MS = 15_000

afterEach(() => {
  jest.useRealTimers()
})

test('what is in the WAL only grows older until a checkpoint succeeds, which another reader can hold up', async () => {
  const db = await aDatabase()
  // Not at the start: opening the database waits for real ones.
  jest.useFakeTimers({
    doNotFake: ['performance', 'setImmediate', 'setInterval', 'nextTick', 'queueMicrotask', 'Date'],
  })
  const lag = () => db.db.measureWrites().checkpointLagMs ?? Number.NaN
  const reader = new Sqlite(db.path, { readonly: true })
  later(() => reader.close())
  expect(lag()).toBe(0)
  reader.prepare('BEGIN').run()
  reader.prepare('SELECT * FROM meta').all() // holds what it has seen

  await db.ping(NOW)
  const writtenBy = performance.now()
  expect(lag()).toBeGreaterThan(0)
  await jest.advanceTimersByTimeAsync(WAL_LIFE_MS)
  await db.ping(NOW + 1) // comes after the checkpoint, in the thread that writes
  const sinceFirst = performance.now() - writtenBy
  expect(lag()).toBeGreaterThanOrEqual(sinceFirst)

  reader.prepare('COMMIT').run()
  await jest.advanceTimersByTimeAsync(WAL_LIFE_MS)
  jest.useRealTimers()
  await until(async () => lag() === 0)
})
