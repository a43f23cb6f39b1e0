import { expect, test } from '@jest/globals'
import { addRejections, findRejections } from '../../db/index.ts'
import { HOUR_MS } from '../../server/time.ts'
import { aDatabase, NOW } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'

onSqliteAndPostgres((engine) => {
  test('counts of rejected deliveries add up by hour and reason, whichever instance has counted', async () => {
    const { db } = await aDatabase(engine)
    const one = { hour: NOW, reason: 'event-malformed', count: 2 }
    const other = { hour: NOW + HOUR_MS, reason: 'event-not-trusted', count: 1 }
    await Promise.all([addRejections(db, [one, other], 0), addRejections(db, [one], 0)])
    expect(await findRejections(db, { since: NOW, limit: 10 })).toEqual([other, { ...one, count: 4 }])
    expect(await findRejections(db, { since: NOW + 1, limit: 10 })).toEqual([other])
    expect(await findRejections(db, { since: NOW, limit: 1 })).toEqual([other])
  })

  test('counts from before are forgotten', async () => {
    const { db } = await aDatabase(engine)
    await addRejections(db, [{ hour: NOW, reason: 'event-malformed', count: 1 }], 0)
    await addRejections(db, [{ hour: NOW + HOUR_MS, reason: 'event-malformed', count: 3 }], NOW + 1)
    expect(await findRejections(db, { since: 0, limit: 10 })).toEqual([
      { hour: NOW + HOUR_MS, reason: 'event-malformed', count: 3 },
    ])
  })
})
