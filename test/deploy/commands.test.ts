import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { LIKE_ANYBODY } from '../support/like-anybody.ts'
import { runProgram, TSX } from '../support/process.ts'
import { aFolder, later } from '../support/workplace.ts'

const STARTS_MS = 60_000 // three programs, one after the other, from their source

/** A shop as docs/going-live.md installs it for systemd: its user can write to the folder only where `data` leads. */
async function anInstalledShop() {
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
    await runIn('server/main.ts').says('The shop is open')
    expect(await runIn('server/backup-command.ts').ended).toBe(0)
    const [file = ''] = readdirSync(join(state, 'backups'))
    const restore = runIn('server/restore-command.ts', join('data/backups', file))
    expect(await restore.ended).toBe(1)
    expect(restore.output()).toContain('The shop is running')
  },
  STARTS_MS,
)
