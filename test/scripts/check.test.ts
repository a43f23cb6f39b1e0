import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

test('npm run check lists every fault of the configuration and the catalogue', async () => {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const check = async () => {
    const { ended, output } = run('server/check-command.ts', folder, {})
    return [await ended, output()]
  }
  expect(await check()).toEqual([0, 'No errors in the configuration and in 3 products.\n'])

  for (const slug of ['article', 'download']) rmSync(join(folder, 'catalog', `${slug}.md`))
  expect(await check()).toEqual([0, 'No errors in the configuration and in 1 product.\n'])

  writeFileSync(join(folder, '.env'), 'PORT=many\nLOG_LEVEL=loud\n')
  writeFileSync(join(folder, 'catalog', 'cheap.md'), '---\ntitle: Cheap\nkind: artikle\n---\n')
  expect(await check()).toEqual([
    1,
    expect.stringMatching(
      /^PORT must be .*\nLOG_LEVEL must be .*\n.*\.md:1: summary is missing\n.*\.md:3: kind must be .*\n/,
    ),
  ])
})
