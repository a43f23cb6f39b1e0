import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { aShop } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

// What is loaded stays loaded, so this test has a file of its own.
test('who looks first of all at a shop that can’t serve reads why, in their language', async () => {
  const shop = await aShop()
  const other = new Sqlite(shop.databaseFile)
  later(() => other.close())
  other.exec('BEGIN IMMEDIATE')
  const { text } = await shop
    .request()
    .get('/readyz')
    .set('Accept', 'text/html')
    .set('Accept-Language', 'de')
    .expect(503)
    .expect('Content-Type', /html/)
  other.exec('COMMIT')
  expect(text).toContain('Der Shop ist vorübergehend nicht verfügbar')
  expect(shop.logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
})
