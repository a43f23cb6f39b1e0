import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { QUARTER_MS } from '../../db/index.ts'
import { dayStartsAt, localDayOf } from '../../server/local-days.ts'
import { sqlite } from '../support/engines.ts'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

test('npm run recompute sums up the days of the zone that the catalogue names', async () => {
  const folder = aFolder()
  mkdirSync(join(folder, 'catalog'))
  writeFileSync(join(folder, 'catalog', 'shop.yaml'), 'name: A shop\ntimeZone: Asia/Kathmandu\n')
  const url = await sqlite.aMigratedDatabase()
  const command = run('server/commands/recompute.ts', folder, { DATABASE_URL: url })
  expect(await command.ended).toBe(0)
  expect(command.output()).toContain('All summaries are equal to them')
  const days = await sqlite.query(url, 'SELECT from_quarter AS "from" FROM summary_days')
  expect(days.length).toBeGreaterThan(1)
  for (const { from } of days) {
    const at = Number(from) * QUARTER_MS
    expect(dayStartsAt(localDayOf(at, 'Asia/Kathmandu'), 'Asia/Kathmandu')).toBe(at)
  }
}, 60_000)

test('npm run recompute changes nothing while an error in the catalogue hides its zone', async () => {
  const folder = aFolder()
  mkdirSync(join(folder, 'catalog', 'pages'), { recursive: true })
  writeFileSync(join(folder, 'catalog', 'shop.yaml'), 'name: A shop\ntimeZone: Asia/Kathmandu\n')
  writeFileSync(join(folder, 'catalog', 'pages', 'imprint.md'), 'Without a title\n')
  const url = await sqlite.aMigratedDatabase()
  const daysAfter = async (env: Record<string, string>) => {
    const command = run('server/commands/recompute.ts', folder, { DATABASE_URL: url, ...env })
    const code = await command.ended
    const [days] = await sqlite.query(url, 'SELECT COUNT(*) > 0 AS "known" FROM summary_days')
    return [code, days?.known, command.output()]
  }
  expect(await daysAfter({})).toEqual([1, 0, expect.stringContaining('Fix what npm run check lists')])
  expect(await daysAfter({ TIME_ZONE: 'Asia/Kathmandu' })).toEqual([
    0,
    1,
    expect.stringContaining('All summaries'),
  ])
}, 60_000)
