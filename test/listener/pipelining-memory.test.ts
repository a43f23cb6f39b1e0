import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { runProgram } from '../support/process.ts'
import { testUnless } from '../support/skipping.ts'
import { aWire } from '../support/wire.ts'
import { aFolder } from '../support/workplace.ts'

const REQUEST = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
const TEN_MB = Math.ceil(10e6 / REQUEST.length)
const MOST_MB = 50
const onLinux = testUnless(process.platform !== 'linux' && 'not Linux')

onLinux(
  'a new process takes little memory for 10 MB of pipelined requests, and answers others meanwhile',
  async () => {
    // A start that has to build first would take the memory for that.
    expect(await runProgram(process.execPath, ['scripts/build.js'], resolve('.'), {}).ended).toBe(0)
    const port = await aFreePort()
    const shop = runProgram(process.execPath, ['scripts/start.cjs'], resolve('.'), {
      NODE_ENV: 'production',
      PORT: String(port),
      CODE_MODE: 'sandbox',
      CODE_ENDPOINT: 'http://127.0.0.1:2/v1', // no server listens there
      CODE_PUBLIC_KEY: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
      DATABASE_URL: `sqlite:${join(aFolder(), 'shop.db')}`,
    })
    await shop.says('The shop is open')
    const atRest = megabytes(shop.child.pid, 'VmRSS')
    const flood = aWire(port)
    flood.send(REQUEST.repeat(TEN_MB))
    for (let asked = 0; asked < 20; asked++)
      expect(await fetch(`http://127.0.0.1:${port}/healthz`)).toMatchObject({ status: 200 })
    await flood.ended
    expect(megabytes(shop.child.pid, 'VmHWM') - atRest).toBeLessThan(MOST_MB)
    shop.child.kill('SIGTERM')
    expect(await shop.ended).toBe(0)
  },
  120_000,
)

/** What the kernel says of a process: `VmRSS` is its memory now, `VmHWM` the most that it had. */
function megabytes(pid: number | undefined, name: string): number {
  const [, kibibytes] =
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (Number(kibibytes) * 1_024) / 1e6
}
