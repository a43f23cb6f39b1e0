import { expect, test } from '@jest/globals'
import { recordSeller } from '../../db/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, NOW, placeOrder } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'

const A_YEAR = 365 * 86_400_000

onSqliteAndPostgres((engine) => {
  test('each change of the seller is kept with its time, and what stays the same is not written again', async () => {
    const { db } = await aDatabase(engine)
    expect(await recordSeller(db, 'null', NOW)).toEqual([])
    const one = { namedAt: NOW + 1, seller: '{"name":"One"}' }
    expect(await recordSeller(db, one.seller, NOW + 1)).toEqual([one])
    expect(await recordSeller(db, one.seller, NOW + 2)).toEqual([one])
    const none = { namedAt: NOW + 3, seller: 'null' }
    expect(await recordSeller(db, none.seller, NOW + 3)).toEqual([one, none])
  })

  test('what a clock that was ahead has recorded gives way to who sells now', async () => {
    const { db } = await aDatabase(engine)
    const first = { namedAt: NOW, seller: '"first"' }
    await recordSeller(db, first.seller, NOW)
    await recordSeller(db, '"second"', NOW + A_YEAR)
    const third = { namedAt: NOW + 5, seller: '"third"' }
    expect(await recordSeller(db, third.seller, third.namedAt)).toEqual([first, third])
    await recordSeller(db, '"fourth"', NOW + A_YEAR)
    const fourth = { namedAt: NOW + 6, seller: '"fourth"' }
    expect(await recordSeller(db, fourth.seller, fourth.namedAt)).toEqual([first, third, fourth])
  })

  test('a clock that is behind forgets nobody whom a receipt names', async () => {
    const given = await aDatabase(engine)
    const { db } = given
    const [before, after] = [
      { namedAt: NOW, seller: '"before"' },
      { namedAt: NOW + 1, seller: '"after"' },
    ]
    await recordSeller(db, before.seller, before.namedAt)
    await recordSeller(db, after.seller, after.namedAt)
    const order = await placeOrder(given, aNewOrder({ buyer: await aBuyer(given) }))
    await given.settle(anEvent(order), NOW + 1)
    const behind = { ...after, namedAt: 0 }
    expect(await recordSeller(db, after.seller, 0)).toEqual([behind, before, after])
    expect(await recordSeller(db, after.seller, NOW + 2)).toEqual([behind, before, after])
  })

  test('of two who were named in the same millisecond, the later counts', async () => {
    const { db } = await aDatabase(engine)
    await recordSeller(db, '"a"', NOW)
    expect(await recordSeller(db, '"b"', NOW)).toEqual([{ namedAt: NOW, seller: '"b"' }])
  })

  test('two instances that start at the same moment agree', async () => {
    const { db } = await aDatabase(engine)
    await Promise.all([recordSeller(db, '"a"', NOW), recordSeller(db, '"a"', NOW)])
    expect(await recordSeller(db, '"a"', NOW)).toEqual([{ namedAt: NOW, seller: '"a"' }])
  })
})
