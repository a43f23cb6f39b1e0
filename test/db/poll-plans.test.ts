import { expect, test } from '@jest/globals'
import { bringMisdatedForward, claimDueChecks } from '../../db/index.ts'
import { POLL_STAGES } from '../../server/orders/poll.ts'
import { aDatabase, NOW } from '../support/database.ts'
import { explainOnSqlite, recordReads, recordWrites } from '../support/plans.ts'

const LIMIT = 20

// On PostgreSQL, whoever else writes needn't wait for a statement that reads more.
test('a round reads the intents that it polls from SQLite, and none beyond them to sort', async () => {
  const { db, path } = await aDatabase()
  const { db: recorded, writes } = recordWrites(db)
  await claimDueChecks(recorded, { now: NOW, limit: LIMIT, roundMs: 1_000, stages: POLL_STAGES })
  expect(writes.length).toBeGreaterThan(1)
  for (const write of writes) expect(findSorting(path, write)).toEqual([])
})

test('checks that are too late are found in units that read no more than their own', async () => {
  const { db, path } = await aDatabase()
  const reading = recordReads(db)
  const writing = recordWrites(reading.db)
  await bringMisdatedForward(writing.db, { now: NOW, after: NOW, limit: LIMIT, stages: POLL_STAGES })
  expect(reading.reads.map((read) => explainOnSqlite(path, read))).toEqual([
    ['SEARCH intents USING COVERING INDEX intents_due (next_check_at>?)'],
  ])
  expect(writing.writes.map((write) => explainOnSqlite(path, write))).toEqual([
    ['SEARCH intents USING INDEX intents_due (next_check_at>? AND next_check_at<?)'],
  ])
})

function findSorting(path: string, write: Parameters<typeof explainOnSqlite>[1]): string[] {
  return explainOnSqlite(path, write).filter((step) => /TEMP B-TREE|^SCAN intents/.test(step))
}
