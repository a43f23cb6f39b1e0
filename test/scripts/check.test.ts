import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

function aShopFolder(): string {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  return folder
}

async function check(folder: string, env: Record<string, string> = {}) {
  const { ended, output } = run('server/commands/check.ts', folder, env)
  return [await ended, output()]
}

test('npm run check lists every fault of the configuration and the catalogue', async () => {
  const folder = aShopFolder()
  expect(await check(folder)).toEqual([0, 'No errors in the configuration and in 3 products.\n'])

  for (const slug of ['article', 'download']) rmSync(join(folder, 'catalog', `${slug}.md`))
  expect(await check(folder)).toEqual([0, 'No errors in the configuration and in 1 product.\n'])

  writeFileSync(join(folder, '.env'), 'PORT=many\nLOG_LEVEL=loud\n')
  const cheap = '---\ntitle: Cheap\nkind: artikle\nprice: 1.00 euro\n---\n'
  writeFileSync(join(folder, 'catalog', 'cheap.md'), cheap)
  expect(await check(folder)).toEqual([
    1,
    expect.stringMatching(
      /^PORT must be .*\nLOG_LEVEL must be .*\n.*\.md:1: summary is missing\n.*\.md:3: kind must be .*\n.*\.md:4: price: .*\n/,
    ),
  ])
}, 60_000)

test('npm run check says nothing about settings in an .env with a line that can’t be read', async () => {
  const folder = aShopFolder()
  writeFileSync(join(folder, '.env'), 'CODE_MODE=sandbox\nTIME_ZON=Europe/Berlin\n')
  expect(await check(folder, { NODE_ENV: 'production' })).toEqual([
    1,
    '.env:2: TIME_ZON is not a setting of the shop: did you mean TIME_ZONE?\n',
  ])
}, 60_000)
