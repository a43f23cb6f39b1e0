import { cpSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { aFreePort } from '../../scripts/support/free-port.js'
import { readConfig } from '../../server/config/index.ts'
import { checkFromOutside } from '../../server/live/check-from-outside.ts'
import { aStandIn, isRunning, type StandInPlan } from '../support/cloudflared.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { describeOnTerminals, run, runOnTerminal } from '../support/process.ts'
import { until } from '../support/until.ts'
import { aFolder, listen } from '../support/workplace.ts'

const DESTINATION = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const [FIRST, SECOND] = ['first-words.trycloudflare.com', 'other-words.trycloudflare.com']
const TOKEN = Buffer.from(JSON.stringify({ a: 'account', t: 'tunnel', s: 'c2VjcmV0' })).toString('base64')

/** A merchant's folder and a stand-in for cloudflared. `live` runs the command, as npm run live does. */
async function aMerchant(plan: StandInPlan = {}) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const standIn = aStandIn(folder, plan)
  const port = await aFreePort()
  const nowhere = 'https://127.0.0.1:2/v1' // neither the doctor nor the started shop is to ask Code itself
  const code = { CODE_ENDPOINT: nowhere, CODE_ELEMENTS_URL: `${nowhere}/elements` }
  const env = { ...standIn.env, ...code, PORT: String(port), TUNNEL_TOKEN: TOKEN }
  return {
    ...standIn,
    port,
    /** Runs the command on a terminal; what is piped to it is typed there, and its end is Ctrl-D */
    liveOnTerminal(...args: string[]) {
      return runOnTerminal('test/support/live.ts', folder, env, args)
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
    expect(merchant.read('data/public-url')).toBe(`https://${FIRST}\n${command.child.pid}\n`)
    expect(merchant.modeOf('data/public-url')).toBe(0o600)
    expect(await merchant.open(FIRST)).toMatch(new RegExp(`<link rel="canonical" href="https://${FIRST}/"`))

    const inTheWay = `data/public-url.${command.child.pid}.new`
    merchant.makeFolder(inTheWay)
    merchant.kill()
    await command.says('data/public-url cannot be written: EISDIR')
    expect(merchant.read('data/public-url')).toBe(`https://${FIRST}\n${command.child.pid}\n`)
    merchant.removeFolder(inTheWay)
    await command.says(`the shop has another address: https://${SECOND}`)
    expect(command.output()).toContain('It is started again in 1 s.')
    expect(merchant.read('data/public-url')).toBe(`https://${SECOND}\n${command.child.pid}\n`)
    await until(async () => (await merchant.open(SECOND)).includes(`href="https://${SECOND}/"`))

    command.child.kill('SIGINT')
    await command.says('Closing the shop')
    command.child.kill('SIGINT') // as npm does, after the terminal
    expect(await command.ended).toBe(0)
    expect(command.output()).toMatch(/Closing the shop.*Shutting down.*Closing the tunnel/s)
    expect(merchant.has('data/public-url')).toBe(false)
    expect(merchant.starts().some(({ pid }) => isRunning(pid))).toBe(false)
    await expect(fetch(`http://127.0.0.1:${merchant.port}/readyz`)).rejects.toThrow()
  }, 120_000)

  test('changes nothing where the shop runs already: neither its address nor its settings', async () => {
    const merchant = await aMerchant({ names: [FIRST, SECOND] })
    const command = merchant.live(...FOR_PROGRAMS, '--try')
    await command.says('Looking at the shop from outside')
    const settings = merchant.read('.env')
    const second = merchant.live(...FOR_PROGRAMS, '--domain', 'shop.example.org', '--tunnel')
    const third = merchant.live(...FOR_PROGRAMS, '--try')
    for (const other of [second, third]) {
      expect(await other.ended).toBe(1)
      expect(other.output()).toMatch(/^Port \d+ is in use by another program, .* Nothing was changed\.$/m)
    }
    expect(merchant.read('.env')).toBe(settings)
    expect(merchant.read('data/public-url')).toBe(`https://${FIRST}\n${command.child.pid}\n`)
    expect(merchant.starts()).toHaveLength(1)
    command.child.kill('SIGINT')
    expect(await command.ended).toBe(0)
  }, 120_000)

  test('says why the shop could not start, and closes the tunnel', async () => {
    const merchant = await aMerchant()
    merchant.write('catalog/shop.yaml', 'names: Mine\n')
    const command = merchant.live(...FOR_PROGRAMS, '--try')
    expect(await command.ended).toBe(1)
    expect(command.output()).toMatch(/^The shop cannot start\.\ncatalog\/shop\.yaml:1: .*names/m)
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
    const [, args = ''] = /To open the shop, run: npm run live -- (.*)$/m.exec(command.output()) ?? []
    expect(await merchant.live(...args.split(' '), '--no-start').ended).toBe(0) // it needs no more than that
    expect(await merchant.live('--undo').ended).toBe(0)
    expect(merchant.has('.env')).toBe(false)
  }, 60_000)

  onSqliteAndPostgres((engine) => {
    test('changes nothing if the database is that of the sandbox', async () => {
      const databaseUrl = await engine.anEmptyDatabase()
      const merchant = await aMerchant()
      merchant.write('.env', `DATABASE_URL=${databaseUrl}\n`)
      await (await openDatabase({ url: databaseUrl, mode: 'sandbox' })).close()
      const command = merchant.live(...FOR_PROGRAMS, '--domain', 'shop.example.org', '--no-start')
      expect(await command.ended).toBe(1)
      expect(command.output()).toMatch(
        /^The live shop could not use the database .* belongs to CODE_MODE=sandbox.*: set DATABASE_URL to another database.* Nothing was changed\.$/m,
      )
      expect(merchant.read('.env')).toBe(`DATABASE_URL=${databaseUrl}\n`)
      expect(merchant.has('.env.before-live')).toBe(false)
    }, 60_000)
  })

  test('leaves a database that it can’t reach to the shop', async () => {
    const merchant = await aMerchant()
    merchant.write('.env', 'DATABASE_URL=postgres://shop:secret@127.0.0.1:1/shop\n')
    const command = merchant.live(...FOR_PROGRAMS, '--domain', 'shop.example.org', '--no-start')
    expect(await command.ended).toBe(0)
  }, 60_000)

  test('changes nothing if the name can’t be written', async () => {
    const merchant = await aMerchant()
    merchant.write('catalog/shop.yaml', '{ tagline: Short reads }\n')
    const naming = merchant.live(
      ...FOR_PROGRAMS,
      '--domain',
      'shop.example.org',
      '--no-start',
      '--name',
      'Mine',
    )
    expect(await naming.ended).toBe(1)
    expect(naming.output()).toMatch(/Write it yourself.*: name: Mine\. Nothing was changed\.$/m)
    expect([merchant.has('.env'), merchant.has('.env.before-live')]).toEqual([false, false])
  }, 60_000)

  test('asks nobody where there is no terminal, and changes nothing', async () => {
    const merchant = await aMerchant()
    const command = merchant.live('--try')
    expect(await command.ended).toBe(2)
    expect(command.output()).toContain('This is not a terminal')
    expect(merchant.has('.env')).toBe(false)
  }, 60_000)
})

test('the look from outside ends, and reports nothing more, as soon as the merchant closes the shop', async () => {
  const closing = new AbortController()
  const { port, url } = await listen((req, res) => {
    if (req.url === '/readyz') res.end()
    else closing.abort() // and leaves what the checks ask unanswered
  })
  const env = { PORT: String(port), CODE_ENDPOINT: `${url}/v1`, DATABASE_URL: `sqlite:${aFolder()}/shop.db` }
  const printed: string[] = []
  const write = jest.spyOn(process.stdout, 'write')
  write.mockImplementation((text) => closing.signal.aborted && printed.push(String(text)) > 0)
  try {
    expect(await checkFromOutside(readConfig(env), () => undefined, closing.signal)).toBe(false)
  } finally {
    write.mockRestore()
  }
  expect(closing.signal.aborted).toBe(true)
  expect(printed).toEqual([])
}, 30_000)

const QUESTION = 'Which deposit address'

describeOnTerminals('npm run live on a terminal', () => {
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
