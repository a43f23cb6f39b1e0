import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { LIKE_ANYBODY } from '../support/like-anybody.ts'
import { runProgram, TSX } from '../support/process.ts'
import { describeWith } from '../support/programs.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder, later } from '../support/workplace.ts'
import { asTheUnitRefuses } from './support/refused-calls.ts'
import { NO_SYSTEMD } from './support/supervised-shop.ts'

const STARTS_MS = 120_000 // some programs, one after the other, from their source

/**
 * A shop as docs/going-live.md installs it for systemd: its user can write to the folder only where `data` leads. Its programs run
 * under another one.
 */
async function anInstalledShop(under: string[] = []) {
  const folder = aFolder()
  const state = join(aFolder(), 'nickel')
  mkdirSync(state)
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  symlinkSync(state, join(folder, 'data'))
  writeFileSync(join(folder, '.env'), `CODE_MODE=sandbox\nNODE_ENV=production\nPORT=${await aFreePort()}\n`)
  chmodSync(folder, 0o555)
  later(() => chmodSync(folder, 0o755))
  /** Runs a program of the shop's in its folder, with no settings but those in `.env`. */
  const runIn = (script: string, ...args: string[]) => {
    const [program = '', ...rest] = [
      ...LIKE_ANYBODY,
      ...under,
      process.execPath,
      '--import',
      TSX,
      resolve(script),
      ...args,
    ]
    return runProgram(program, rest, folder)
  }
  return { state, runIn }
}

test(
  'commands that are run by hand act on the shop that a supervisor runs',
  async () => {
    const { state, runIn } = await anInstalledShop()
    const shop = runIn('server/main.ts')
    await shop.says('The shop is open')
    expect(await runIn('server/commands/backup.ts').ended).toBe(0)
    const [file = ''] = readdirSync(join(state, 'backups'))
    const restore = () =>
      runIn('server/commands/restore.ts', join('data/backups', file), '--replace-newer', '0')
    const early = restore()
    expect(await early.ended).toBe(1)
    expect(early.output()).toContain('The shop is running')
    shop.child.kill()
    await shop.ended
    const restored = restore()
    expect(await restored.ended).toBe(0)
    // How it is started, its supervisor decides.
    expect(restored.output()).toMatch(/as soon as the shop runs\. Start the shop now\.\n$/)
  },
  STARTS_MS,
)

describeWith('strace', () => {
  const testWithSystemd = testUnless(NO_SYSTEMD)

  testWithSystemd(
    'a shop opens, and makes a backup, although no system call succeeds that the unit refuses',
    async () => {
      const { state, runIn } = await anInstalledShop(asTheUnitRefuses())
      await runIn('server/main.ts').says('The shop is open')
      const backup = runIn('server/commands/backup.ts')
      expect([await backup.ended, backup.output()]).toEqual([0, expect.stringContaining('backup')])
      expect(readdirSync(join(state, 'backups'))).toHaveLength(1)
    },
    STARTS_MS,
  )
})
