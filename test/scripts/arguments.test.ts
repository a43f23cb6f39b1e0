import { expect, test } from '@jest/globals'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

const NOT_FOR_CALLS = '--reject and --amount belong to a product, not to --api.'

test.each([
  ['Unknown option --kep', 'server/commands/backup.ts', ['--kep', '1']],
  ['Unknown option -k', 'server/commands/backup.ts', ['-k']],
  ['--keep needs a value', 'server/commands/backup.ts', ['--keep']],
  ['--keep needs a value', 'server/commands/backup.ts', ['--keep', '--help']],
  ['--help takes no value', 'server/commands/backup.ts', ['--help=me']],
  ['Unexpected argument: b.tar.gz', 'server/commands/backup.ts', ['a.tar.gz', 'b.tar.gz']],
  ['Unknown option --coupon', 'scripts/pay.ts', ['my-ebook', '--coupon', 'X']],
  ['Unexpected argument: other', 'scripts/pay.ts', ['my-ebook', 'other']],
  ['Name a product, or a call with --api.', 'scripts/pay.ts', []],
  [NOT_FOR_CALLS, 'scripts/pay.ts', ['--api', 'search?q=bread', '--reject']],
  [NOT_FOR_CALLS, 'scripts/pay.ts', ['--api', 'search?q=bread', '--amount', '1.50']],
  ['--amount must be an amount like 1.50, not much', 'scripts/pay.ts', ['tea', '--amount', 'much']],
  ['Unknown option --holde', 'scripts/rename.ts', ['Corner', '--holde', 'Me']],
  ['Put the name between quotation marks.', 'scripts/rename.ts', ['Corner', 'Library']],
  ['Unknown option --port', 'server/main.ts', ['--port', '4000']],
  ['Unexpected argument: live', 'server/main.ts', ['live']],
  ['Unknown option --second', 'scripts/fuzz.js', ['--second', '3']],
  ['--seed must be a whole number, not 12345678901', 'scripts/fuzz.js', ['--seed', '12345678901']],
])('%s: said before how the command is used, which ends with 2', async (sentence, script, args) => {
  const command = run(script, aFolder(), {}, args)
  expect(await command.ended).toBe(2)
  const [said, empty, usage] = command.output().split('\n')
  expect([said, empty]).toEqual([sentence, ''])
  expect(usage).toMatch(/npm run|Buys a product|Turns this project|Runs the property tests|Starts the shop/)
})
