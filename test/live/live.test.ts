import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { aStandIn, isRunning, type StandInPlan } from '../support/cloudflared.ts'
import { run, runProgram, TSX } from '../support/process.ts'
import { until } from '../support/until.ts'
import { aFolder, listen } from '../support/workplace.ts'

const DESTINATION = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const [FIRST, SECOND] = ['first-words.trycloudflare.com', 'other-words.trycloudflare.com']
const TOKEN = Buffer.from(JSON.stringify({ a: 'account', t: 'tunnel', s: 'c2VjcmV0' })).toString('base64')

/** A merchant's folder and a stand-in for cloudflared. `live` runs the command, as npm run live does. */
async function aMerchant(plan: StandInPlan = {}, usedPort?: number) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const standIn = aStandIn(folder, plan)
  const port = usedPort ?? (await aFreePort())
  const nowhere = 'https://127.0.0.1:1/v1' // neither the doctor nor the started shop is to ask Code itself
  const code = { CODE_ENDPOINT: nowhere, CODE_ELEMENTS_URL: `${nowhere}/elements` }
  const env = { ...standIn.env, ...code, PORT: String(port), TUNNEL_TOKEN: TOKEN }
  return {
    ...standIn,
    port,
    /** Runs the command on a terminal; what is piped to it is typed there, and its end is Ctrl-D */
    liveOnTerminal(...args: string[]) {
      const live = [process.execPath, '--import', TSX, resolve('test/support/live.ts'), ...args]
      const command = `stty columns 120; echo "process $$;"; exec ${live.join(' ')}`
      return runProgram('script', ['--quiet', '--return', '--command', command, '/dev/null'], folder, {
        ...env,
        SHELL: '/bin/sh',
        TERM: 'xterm',
      })
    },
    live: (...args: string[]) => run('test/support/live.ts', folder, env, args),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    write: (name: string, text: string) => writeFileSync(join(folder, name), text),
    makeFolder: (name: string) => mkdirSync(join(folder, name)),
    removeFolder: (name: string) => rmdirSync(join(folder, name)),
    has: (name: string) => existsSync(join(folder, name)),
    modeOf: (name: string) => statSync(join(folder, name)).mode & 0o777,
    /** The storefront, as somebody sees it who comes through the tunnel by this name */
    open: (host: string) =>
      new Promise<string>((done, reject) => {
        const { edgePort } = standIn.starts().at(-1) ?? {}
        get({ host: '127.0.0.1', port: edgePort, headers: { host } }, async (res) => {
          let text = ''
          for await (const chunk of res) text += chunk
          done(text)
        }).once('error', reject)
      }),
  }
}

const FOR_PROGRAMS = ['--yes', '--mode', 'live', '--destination', DESTINATION]

describe('npm run live', () => {
  test('opens the shop by a tunnel, follows its name, and closes both in order', async () => {
    const merchant = await aMerchant({ names: [FIRST, SECOND] })
    merchant.write('.env', '# mine\nLOG_LEVEL=warn\n')
    const command = merchant.live(...FOR_PROGRAMS, '--try', '--name', 'Corner Library')
    await command.says('Looking at the shop from outside')

    const [admin = ''] = /(?<=^ADMIN_TOKEN=).*/m.exec(merchant.read('.env')) ?? []
    expect(merchant.read('.env')).toMatch(
      /^# mine\nLOG_LEVEL=warn\nCODE_MODE=live\nCODE_DESTINATION=9joz.*\nADMIN_TOKEN=/,
    )
    expect(merchant.read('catalog/shop.yaml')).toContain('name: Corner Library\n')
    expect(command.output()).toContain(`ADMIN_TOKEN=…${admin.slice(-4)}`)
    expect(command.output()).not.toContain(admin)
    expect(merchant.read('data/public-url')).toBe(`https://${FIRST}\n`)
    expect(merchant.modeOf('data/public-url')).toBe(0o600)
    expect(await merchant.open(FIRST)).toMatch(new RegExp(`<link rel="canonical" href="https://${FIRST}/"`))

    const inTheWay = `data/public-url.${command.child.pid}.new`
    merchant.makeFolder(inTheWay)
    merchant.kill()
    await command.says('data/public-url cannot be written: EISDIR')
    expect(merchant.read('data/public-url')).toBe(`https://${FIRST}\n`)
    merchant.removeFolder(inTheWay)
    await command.says(`the shop has another address: https://${SECOND}`)
    expect(command.output()).toContain('It is started again in 1 s.')
    expect(merchant.read('data/public-url')).toBe(`https://${SECOND}\n`)
    await until(async () => (await merchant.open(SECOND)).includes(`href="https://${SECOND}/"`))

    command.child.kill('SIGINT')
    expect(await command.ended).toBe(0)
    expect(command.output()).toMatch(/Closing the shop.*Shutting down.*Closing the tunnel/s)
    expect(merchant.has('data/public-url')).toBe(false)
    expect(merchant.starts().some(({ pid }) => isRunning(pid))).toBe(false)
    await expect(fetch(`http://127.0.0.1:${merchant.port}/readyz`)).rejects.toThrow()
  }, 120_000)

  test('says why the shop could not start, and closes the tunnel', async () => {
    const { port } = await listen((_req, res) => res.end())
    const merchant = await aMerchant({}, port)
    const command = merchant.live(...FOR_PROGRAMS, '--try')
    expect(await command.ended).toBe(1)
    expect(command.output()).toContain(`Port ${port} is in use by another program`)
    expect(merchant.has('data/public-url')).toBe(false)
    expect(isRunning(merchant.starts()[0]?.pid ?? 0)).toBe(false)
  }, 60_000)

  test('lets the shop end with it, even if it is killed', async () => {
    const merchant = await aMerchant()
    const command = merchant.live(...FOR_PROGRAMS, '--domain', 'shop.example.org')
    await command.says('Looking at the shop from outside')
    const isOpen = () =>
      fetch(`http://127.0.0.1:${merchant.port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    expect(await isOpen()).toBe(true)
    command.child.kill('SIGKILL')
    await until(async () => !(await isOpen()))
  }, 60_000)

  test('only writes the settings if nothing is to be started, and takes them back', async () => {
    const merchant = await aMerchant()
    const command = merchant.live(...FOR_PROGRAMS, '--domain', 'shop.example.org', '--tunnel', '--no-start')
    expect(await command.ended).toBe(0)
    expect(merchant.read('.env')).toContain('PUBLIC_URL=https://shop.example.org\nTRUST_PROXY=loopback\n')
    expect(merchant.read('.env')).not.toContain(TOKEN) // the environment has it
    expect(merchant.starts()).toEqual([])
    expect(await merchant.live('--undo').ended).toBe(0)
    expect(merchant.has('.env')).toBe(false)
  }, 60_000)

  test('asks nobody where there is no terminal, and changes nothing', async () => {
    const merchant = await aMerchant()
    const command = merchant.live('--try')
    expect(await command.ended).toBe(2)
    expect(command.output()).toContain('This is not a terminal')
    expect(merchant.has('.env')).toBe(false)
  }, 60_000)
})

const QUESTION = 'Which deposit address'
const hasTerminals = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false

;(hasTerminals ? describe : describe.skip)('npm run live on a terminal', () => {
  test.each([
    ['Ctrl-D', (command: ReturnType<typeof run>) => void command.child.stdin?.end()],
    ['a signal', (command: ReturnType<typeof run>) => void process.kill(pidOf(command), 'SIGTERM')],
  ])(
    'ends at a question after %s, and says that nothing was changed',
    async (_what, end) => {
      const merchant = await aMerchant()
      const command = merchant.liveOnTerminal()
      await command.says(QUESTION)
      end(command)
      expect(await command.ended).toBe(130)
      expect(command.output()).toContain('Nothing was changed.')
      expect(merchant.has('.env')).toBe(false)
    },
    60_000,
  )

  test('closes shop and tunnel in order when the terminal is closed', async () => {
    const merchant = await aMerchant({ names: [FIRST] })
    const command = merchant.liveOnTerminal(...FOR_PROGRAMS, '--try')
    await command.says('Looking at the shop from outside')
    expect(merchant.has('data/public-url')).toBe(true)
    command.child.kill('SIGKILL')
    await until(async () => !merchant.has('data/public-url'))
    expect(merchant.starts().filter(({ pid }) => isRunning(pid))).toEqual([])
    await until(async () => !isRunning(pidOf(command)))
  }, 60_000)
})

/** The command's process, whose number the shell has said before it became it. */
function pidOf(command: ReturnType<typeof run>): number {
  return Number(/process (\d+);/.exec(command.output())?.[1])
}
