import { spawnSync } from 'node:child_process'
import { describe, test } from '@jest/globals'
import { describeUnless } from './skipping.ts'

const isFit = (command: string, args: string[]) => spawnSync(command, args, { timeout: 20_000 }).status === 0

/** Each language's command; undefined if this machine lacks it or what the programs need of it. */
const COMMANDS = {
  Node: process.execPath,
  // Debian's packages belong to Debian's own Python, which isn't always the first one that is found.
  Python: ['python3', '/usr/bin/python3'].find((command) => isFit(command, ['-c', 'import nacl.signing'])),
  PHP: isFit('php', ['-r', 'exit((int) !function_exists("sodium_crypto_sign_verify_detached"));'])
    ? 'php'
    : undefined,
}

const MISSING = { Node: '', Python: 'no Python with PyNaCl', PHP: 'no PHP with sodium' }

export type Language = keyof typeof COMMANDS

/** Tests of programs in a language. Without it they are skipped, or fail with REQUIRE_ALL=1. */
export function describeIn(language: Language, tests: (command: string) => void): void {
  const command = COMMANDS[language]
  const name = `in ${language}`
  const reason = MISSING[language]
  if (command !== undefined) describe(name, () => tests(command))
  else if (process.env.REQUIRE_ALL === '1')
    test(name, () => {
      throw new Error(`REQUIRE_ALL=1, but there is ${reason}`)
    })
  else {
    process.stderr.write(`skipped: ${reason}: ${name}\n`)
    describeUnless(reason)(name, () => tests(''))
  }
}
