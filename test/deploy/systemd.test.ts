import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFolder } from '../support/workplace.ts'
import { hasSystemd } from './support/supervised-shop.ts'

const SERVICE = readFileSync('deploy/systemd/nickel.service', 'utf8')
const SOCKET = readFileSync('deploy/systemd/nickel.socket', 'utf8')
const MOST_EXPOSED = 2.0 // of 10; systemd calls up to 4 "OK"

const testWithSystemd = hasSystemd ? test : test.skip

testWithSystemd(
  'systemd finds nothing wrong with the units, and little that they could do to the machine',
  () => {
    const folder = aFolder()
    const files = [join(folder, 'nickel.service'), join(folder, 'nickel.socket')] as const
    writeFileSync(files[0], SERVICE.replace('/usr/bin/node', process.execPath)) // wherever this machine has it
    writeFileSync(files[1], SOCKET)
    // Units of Debian's own packages may cause warnings as well.
    const { stderr } = analyze('verify', ...files)
    expect(stderr.split('\n').filter((line) => /nickel/.test(line))).toEqual([])
    const { stdout } = analyze('security', '--offline=true', files[0])
    const [, exposure = ''] = /Overall exposure level for nickel\.service: ([\d.]+)/.exec(stdout) ?? []
    expect(Number(exposure)).toBeGreaterThan(0)
    expect(Number(exposure)).toBeLessThanOrEqual(MOST_EXPOSED)
  },
)

test('memory may be executed: V8 compiles at run time', () => {
  expect(SERVICE).not.toMatch(/^MemoryDenyWriteExecute/m)
})

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', [...args, '--no-pager'], { encoding: 'utf8' })
}
