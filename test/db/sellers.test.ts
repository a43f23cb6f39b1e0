import { expect, test } from '@jest/globals'
import { recordSeller } from '../../db/index.ts'
import { aDatabase, NOW } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'

onSqliteAndPostgres((engine) => {
  test('each change of the seller is kept with its time, and what stays the same is not written again', async () => {
    const { db } = await aDatabase(engine)
    expect(await recordSeller(db, 'null', NOW)).toEqual([])
    const one = { namedAt: NOW + 1, seller: '{"name":"One"}' }
    expect(await recordSeller(db, one.seller, NOW + 1)).toEqual([one])
    expect(await recordSeller(db, one.seller, NOW + 2)).toEqual([one])
    const none = { namedAt: NOW + 3, seller: 'null' }
    expect(await recordSeller(db, none.seller, NOW + 3)).toEqual([one, none])
    const again = { ...one, namedAt: NOW + 4 }
    expect(await recordSeller(db, one.seller, NOW - 1_000)).toEqual([one, none, again]) // by a clock that was set back
  })

  test('two instances that start at the same moment agree', async () => {
    const { db } = await aDatabase(engine)
    await Promise.all([recordSeller(db, '"a"', NOW), recordSeller(db, '"a"', NOW)])
    expect(await recordSeller(db, '"a"', NOW)).toEqual([{ namedAt: NOW, seller: '"a"' }])
  })
})
