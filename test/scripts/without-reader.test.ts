import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

/** Runs a command whose output nobody reads, as after `| head -1`. Resolves with its exit code, and what it says of errors. */
async function runUnread(script: string, folder: string, args: string[] = []) {
  const { child, ended, output } = run(script, folder, {}, args)
  child.stdout.destroy()
  return [await ended, output()]
}

test.each([
  [0, 'server/commands/check.ts', []],
  [1, 'server/commands/doctor.ts', []],
  [0, 'scripts/pay.ts', ['--help']],
] as const)(
  'a command ends with %d when nobody reads what it prints: %s',
  async (code, script, args) => {
    const folder = aFolder()
    cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
    expect(await runUnread(script, folder, [...args])).toEqual([code, ''])
  },
  60_000,
)

test('a backup is made although its terminal has gone', async () => {
  const folder = aFolder()
  const env = { DATABASE_URL: `sqlite:${join(folder, 'shop.db')}` }
  await (await openDatabase({ url: env.DATABASE_URL, mode: 'sandbox' })).close()
  const { child, ended } = run('server/commands/backup.ts', folder, env)
  for (const stream of [child.stdout, child.stderr]) stream.destroy()
  expect(await ended).toBe(0)
  expect(readdirSync(join(folder, 'data/backups'))).toEqual([expect.stringMatching(/\.tar\.gz$/)])
}, 60_000)
