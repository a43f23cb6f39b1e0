import { cpSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { countPassedSockets } from '../../server/config/passed-sockets.ts'
import { listen } from '../../server/listener/index.ts'
import { NO_SYSTEMD } from '../deploy/support/supervised-shop.ts'
import { runProgram, TSX } from '../support/process.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

const OWN = String(process.pid)
const testWithSystemd = testUnless(NO_SYSTEMD)

/** Runs a shop by a program that passes sockets. */
function aShopBy(program: string, args: string[], env: Record<string, string>) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const shop = [process.execPath, '--import', TSX, resolve('server/main.ts')]
  return runProgram(program, [...args, ...shop], folder, env)
}

test('sockets count that are passed to this very process, and no others', () => {
  expect(countPassedSockets({})).toBe(0)
  expect(countPassedSockets({ LISTEN_PID: OWN, LISTEN_FDS: '1' })).toBe(1)
  expect(countPassedSockets({ LISTEN_PID: OWN, LISTEN_FDS: '2' })).toBe(2)
  expect(countPassedSockets({ LISTEN_PID: String(process.ppid), LISTEN_FDS: '1' })).toBe(0) // inherited
  expect(countPassedSockets({ LISTEN_PID: OWN, LISTEN_FDS: 'some' })).toBe(0)
})

describe('a passed socket that the shop cannot use stops the start', () => {
  test('more than one', async () => {
    const place = { host: '127.0.0.1', port: await aFreePort(), passedSockets: 2 }
    await expect(listen({ handler: () => undefined, messages: {} }, place)).rejects.toThrow(
      'passed 2 sockets and needs one',
    )
  })

  test('one that is none', async () => {
    const how = 'exec 3< /dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
    const shop = aShopBy('sh', ['-c', how, 'how'], { PORT: String(await aFreePort()) })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(/^The shop cannot start\.\nLISTEN_FDS says that .* cannot listen on it: /)
  }, 60_000)

  testWithSystemd(
    'one at another address than the configured one',
    async () => {
      const port = await aFreePort()
      const shop = aShopBy('systemd-socket-activate', ['-l', `127.0.0.1:${port}`, '-E', 'PORT=3030'], {})
      await shop.says('Listening on')
      connect(port, '127.0.0.1').on('error', () => undefined)
      expect(await shop.ended).toBe(1)
      expect(shop.output()).toContain(
        `listens on 127.0.0.1, port ${port}, but HOST is 127.0.0.1 and PORT is 3030. Change these settings`,
      )
    },
    60_000,
  )
})
