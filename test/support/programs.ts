import { spawnSync } from 'node:child_process'
import { describe, test } from '@jest/globals'
import { describeUnless } from './skipping.ts'

const READY_LIMIT_MS = 60_000

/** Programs that read what the shop exports, or refuse it a system call, each with the Debian package that has it. */
const PACKAGES = {
  hledger: 'hledger',
  ledger: 'ledger',
  soffice: 'libreoffice-calc-nogui',
  strace: 'strace',
}

export type Program = keyof typeof PACKAGES

/** Tests with a program of this machine. Without it they are skipped, or fail with REQUIRE_ALL=1. */
export function describeWith(program: Program, tests: () => void): void {
  const { status } = spawnSync(program, ['--version'], { timeout: READY_LIMIT_MS })
  const reason = `no ${program}: apt-get install ${PACKAGES[program]}`
  if (status === 0) describe(`with ${program}`, tests)
  else if (process.env.REQUIRE_ALL === '1')
    test(`with ${program}`, () => {
      throw new Error(`REQUIRE_ALL=1, but there is ${reason}`)
    })
  else {
    process.stderr.write(`skipped: ${reason}\n`)
    describeUnless(reason)(`with ${program}`, tests)
  }
}

/** Returns what a program prints. Throws unless it ends with 0. */
export function printedBy(program: Program | 'sh', args: string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  return stdout
}
