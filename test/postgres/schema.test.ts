import { expect, test } from '@jest/globals'
import { aPaidOrder, backUp, restore } from '../support/backups.ts'
import { anInstance } from '../support/database.ts'
import { onPostgres, postgres } from '../support/engines.ts'

const WHERE_ORDERS_ARE = "SELECT schemaname FROM pg_tables WHERE tablename = 'orders' ORDER BY schemaname"

onPostgres(() => {
  test('the tables are in the schema that the address names, also after a restore', async () => {
    const url = await postgres.anEmptyDatabase()
    await postgres.query(url, 'CREATE SCHEMA shop')
    const named = `${url}?options=-c%20search_path%3Dshop`
    const db = await anInstance(named)
    await aPaidOrder(db)
    const { file } = await backUp({ url: named })
    await db.close()
    expect(await postgres.query(url, WHERE_ORDERS_ARE)).toEqual([{ schemaname: 'shop' }])
    await postgres.disconnect(url)
    expect(await restore(file, { url: named })).toMatchObject({
      aside: expect.stringContaining('before_restore'),
    })
    expect(await postgres.query(url, WHERE_ORDERS_ARE)).toEqual([
      { schemaname: expect.stringContaining('before_restore') },
      { schemaname: 'shop' },
    ])
    expect(await postgres.query(named, 'SELECT COUNT(*)::int AS paid FROM payments')).toEqual([{ paid: 1 }])
  })
})
