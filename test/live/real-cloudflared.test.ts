import { execFileSync } from 'node:child_process'
import { expect } from '@jest/globals'
import { findCloudflared } from '../../server/live/find-cloudflared.ts'
import { startTunnel } from '../../server/live/tunnel.ts'
import { aStandIn } from '../support/cloudflared.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder, listen } from '../support/workplace.ts'

const installed = await findCloudflared(process.env).catch(() => undefined)
const testWithIt = testUnless(!installed && 'no cloudflared') // also with REQUIRE_ALL=1: no registry has it

/** The options that the shop gives to cloudflared. */
const OPTIONS = ['--no-autoupdate', '--output', '--metrics', '--config', '--url']

testWithIt('Cloudflare’s program has the options that the stand-in accepts', async () => {
  const help = execFileSync(String(installed?.path), ['tunnel', '--help'], { encoding: 'utf8' })
  for (const option of OPTIONS) expect(help).toContain(option)
})

testWithIt(
  'Cloudflare’s program gets an address, or fails as the stand-in does',
  async () => {
    const shop = await listen((_req, res) => res.end())
    const start = (path: string, env: NodeJS.ProcessEnv) =>
      startTunnel({ path, localUrl: shop.url, named: undefined, env }, new AbortController().signal).then(
        async (tunnel) => {
          await tunnel.stop()
          return tunnel.url
        },
        (error: Error) => error.message,
      )
    const outcome = await start(String(installed?.path), process.env)
    if (outcome.startsWith('https:'))
      return expect(outcome).toMatch(/^https:\/\/[a-z\d-]+\.trycloudflare\.com$/)
    const standIn = aStandIn(aFolder(), { fails: [0] })
    const expected = await start(standIn.path, standIn.env)
    expect(outcome.split('\n')[0]).toBe(expected.split('\n')[0])
    expect(outcome).toContain('failed to request quick Tunnel')
  },
  60_000,
)
