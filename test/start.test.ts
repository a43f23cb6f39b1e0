import { once } from 'node:events'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PublicKey } from '@code-wallet/keys'
import { Common, SendMessageRequest, SendMessageResponse } from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../scripts/support/free-port.js'
import { warningsAbout } from '../server/checks/index.ts'
import { readConfig } from '../server/config/index.ts'
import { ownAddresses } from '../server/config/own-addresses.ts'
import { listen as listenAt } from '../server/listener/index.ts'
import { startShop } from '../server/start.ts'
import { DONATION } from './support/donation.ts'
import { sqlite } from './support/engines.ts'
import { describeOnTerminals, run, runOnTerminal } from './support/process.ts'
import { anOldDatabase } from './support/schema-4.ts'
import { testUnless } from './support/skipping.ts'
import { until } from './support/until.ts'
import { aFolder, later, listen } from './support/workplace.ts'

/** A folder as a merchant has it: a catalogue, and nothing else yet. */
function aMerchantsFolder(): string {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  return folder
}

const runShop = (folder: string, env: Record<string, string>) => run('server/main.ts', folder, env)

describe('starting with nothing configured', () => {
  test('a program can buy, a rejection leaves the product locked, and a second start has kept everything', async () => {
    const folder = aMerchantsFolder()
    const PORT = String(await aFreePort())
    const shop = runShop(folder, { PORT })
    await shop.says('put a Markdown file into catalog/')
    expect(shop.output()).toContain(`http://127.0.0.1:${PORT}`)
    expect(shop.output()).toContain('Sandbox mode')

    const buyer = run('scripts/pay.ts', folder, { PORT }, ['article'])
    expect([await buyer.ended, buyer.output()]).toEqual([
      0,
      expect.stringMatching(/locked .*intent .*derived .*approved .*open /s),
    ])
    const rejecter = run('scripts/pay.ts', folder, {}, [
      'other',
      '--reject',
      '--url',
      `http://127.0.0.1:${PORT}/`,
    ])
    expect([await rejecter.ended, rejecter.output()]).toEqual([0, expect.stringContaining('still')])
    writeFileSync(join(folder, 'catalog', 'tea.md'), DONATION)
    for (const [amount, shown] of [[], ['--amount', '1.50']].map(
      (args) => [args, args[1] ?? '3.00'] as const,
    )) {
      const donor = run('scripts/pay.ts', folder, { PORT }, ['tea', ...amount])
      expect([await donor.ended, donor.output()]).toEqual([
        0,
        expect.stringMatching(new RegExp(`for sale .*, ${shown} usd to .*approved .*listed `, 's')),
      ])
    }
    writeFileSync(
      join(folder, 'catalog', 'calls.md'),
      '---\ntitle: Calls\nprice: 0.25 usd\nkind: api\nendpoint: search\ncalls: 100\nsummary: Search.\n---\nHow.\n',
    )
    const caller = run('scripts/pay.ts', folder, { PORT }, ['--api', 'search?q=tea'])
    expect([await caller.ended, caller.output()]).toEqual([
      0,
      expect.stringMatching(/402 .*intent .*paid .*key .*first *99 calls left.*"tea".*again *99 calls left/s),
    ])
    const mistaken = run('scripts/pay.ts', folder, { PORT }, ['nothing'])
    expect([await mistaken.ended, mistaken.output()]).toEqual([1, expect.stringContaining('answered 404')])

    const cookie =
      (await fetch(`http://127.0.0.1:${PORT}/products/article`)).headers.get('set-cookie')?.split(';')[0] ??
      ''
    const offer = await postIntent(PORT, cookie)
    await fetch(`http://127.0.0.1:${PORT}/sandbox/wallet/requests/${offer.id}/approve`, { method: 'POST' })
    const isOpen = async () =>
      (
        await (await fetch(`http://127.0.0.1:${PORT}/products/article`, { headers: { cookie } })).text()
      ).includes('PAID-PART')
    await until(isOpen)

    shop.child.kill('SIGTERM')
    expect(await shop.ended).toBe(0)
    const again = runShop(folder, { PORT })
    await again.says('The shop is open')
    expect(await isOpen()).toBe(true)
  }, 60_000)
})

const LIVE = { CODE_MODE: 'live', CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }

test('a live shop that doesn’t know its address says that it sells only on this machine', () => {
  expect(warningsAbout(readConfig(LIVE))).toEqual([
    expect.stringContaining('Orders are accepted only from pages opened at http://127.0.0.1:3030'),
    expect.stringContaining('Code cannot deliver webhooks'),
  ])
  const behindProxy = { ...LIVE, PUBLIC_URL: 'https://shop.example', TRUST_PROXY: 'loopback' }
  expect(warningsAbout(readConfig(behindProxy))).toEqual([])
  expect(warningsAbout(readConfig({}))).toEqual([])
})

test('a live shop without a desk says that it has no exports either', () => {
  const [ADMIN_TOKEN, EXPORT_TOKEN] = ['a'.repeat(32), 'b'.repeat(32)]
  const warnings = (env: Record<string, string>) => warningsAbout(readConfig({ ...LIVE, ...env }))
  const noExports = expect.stringContaining('EXPORT_TOKEN opens /metrics only')
  expect(warnings({ EXPORT_TOKEN })).toContainEqual(noExports)
  for (const env of [{}, { EXPORT_TOKEN, ADMIN_TOKEN }]) expect(warnings(env)).not.toContainEqual(noExports)
  expect(warningsAbout(readConfig({ EXPORT_TOKEN }))).not.toContainEqual(noExports)
})

test('a number of proxies is warned about where clients can come past them', () => {
  const warnings = (env: Record<string, string>) => warningsAbout(readConfig({ TRUST_PROXY: '1', ...env }))
  const chooses = expect.stringContaining('choose the IP address')
  expect(warnings({ HOST: '0.0.0.0' })).toContainEqual(chooses)
  for (const env of [
    {},
    { HOST: '::1' },
    { HOST: 'localhost' },
    { HOST: '0.0.0.0', TRUST_PROXY: '10.0.0.2' },
  ])
    expect(warnings(env)).not.toContainEqual(chooses)
})

test('an upgrade of the database is logged when it begins and when it is done, and happens once', async () => {
  const env = { PORT: String(await aFreePort()), DATABASE_URL: await anOldDatabase(sqlite) }
  const shop = runShop(aMerchantsFolder(), env)
  await shop.says('The shop is open')
  expect(shop.output()).toMatch(/005-.*upgrading the database.*the database is up to date/s)
  shop.child.kill('SIGTERM')
  await shop.ended
  const again = runShop(aMerchantsFolder(), env)
  await again.says('The shop is open')
  await again.says(`"database":${JSON.stringify(env.DATABASE_URL.replace('sqlite:', ''))}`) // the log may come after the greeting
  expect(again.output()).not.toContain('the database')
})

test('real environment variables win over those in .env', async () => {
  const folder = aMerchantsFolder()
  const PORT = String(await aFreePort())
  writeFileSync(join(folder, '.env'), `PORT="none\n at all"\nHOST='localhost'\n`)
  const shop = runShop(folder, { PORT })
  await shop.says(`The shop is open:      http://localhost:${PORT}\n`)
})

const [address] = ownAddresses(['IPv4'])
testUnless(!address && 'no address on a network')('each address of a shop is named once', async () => {
  const PORT = String(await aFreePort())
  const url = `http://${address}:${PORT}`
  const shop = runShop(aMerchantsFolder(), { PORT, HOST: '0.0.0.0', PUBLIC_URL: url })
  await shop.says('The shop is open')
  const [, named = ''] = /The shop is open: +(.*)/.exec(shop.output()) ?? []
  expect(named.split(', ').filter((each) => each === url)).toHaveLength(1)
})

test('a shop whose log nobody reads any more sells on, and stops when it is told to', async () => {
  const PORT = String(await aFreePort())
  const shop = runShop(aMerchantsFolder(), { PORT, LOG_LEVEL: 'debug' })
  await shop.says('The shop is open')
  shop.child.stdout.destroy()
  for (let looks = 0; looks < 3; looks++)
    expect((await fetch(`http://127.0.0.1:${PORT}/products/article`)).status).toBe(200)
  shop.child.kill('SIGTERM') // which it answers with a line
  expect(await shop.ended).toBe(0)
})

/** A request whose body is missing yet. */
async function aRequestInProgress(port: string) {
  const client = connect(Number(port), '127.0.0.1').setEncoding('utf8')
  later(() => client.destroy())
  client.write(
    'POST /coupons HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n',
  )
  client.write('Expect: 100-continue\r\n\r\n')
  expect(String(await once(client, 'data'))).toContain('100 Continue')
  return {
    async finish(): Promise<string> {
      client.write('{}')
      return String(await once(client, 'data'))
    },
  }
}

test('Ctrl-C under npm, which is two signals, lets the shop finish a request in progress', async () => {
  const PORT = String(await aFreePort())
  const shop = runShop(aMerchantsFolder(), { PORT })
  await shop.says('The shop is open')
  const request = await aRequestInProgress(PORT)
  shop.child.kill('SIGINT')
  await shop.says('Shutting down')
  shop.child.kill('SIGINT')
  expect(await request.finish()).toContain('HTTP/1.1 4')
  expect(await shop.ended).toBe(0)
})

describeOnTerminals('a shop on a terminal', () => {
  test('finishes a request in progress when the terminal is closed', async () => {
    const PORT = String(await aFreePort())
    const terminal = runOnTerminal('server/main.ts', aMerchantsFolder(), { PORT })
    await terminal.says('The shop is open')
    const request = await aRequestInProgress(PORT)
    terminal.child.kill('SIGKILL')
    await until(() =>
      fetch(`http://127.0.0.1:${PORT}/healthz`).then(
        () => false,
        () => true,
      ),
    )
    expect(await request.finish()).toContain('HTTP/1.1 4')
  })
})

describe('what stops the start is one clear sentence and exit code 1', () => {
  test('a port that is taken', async () => {
    const { port } = await listen(() => undefined)
    const shop = runShop(aMerchantsFolder(), { PORT: String(port) })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(
      new RegExp(
        `^The shop cannot start\\.\nPort ${port} is in use by another program\\. .*PORT=${port + 1} npm start\n$`,
      ),
    )
  })

  test('the last port if it is taken, without naming one that doesn’t exist', async () => {
    const place = { host: '127.0.0.1', port: 65_535, passedSockets: 0 }
    const app = { handler: () => undefined, messages: {} }
    const server = await listenAt(app, place).catch(() => undefined) // another program may have it
    later(() => server?.close())
    await expect(listenAt(app, place)).rejects.toThrow('PORT=65534 npm start')
  })

  test('a data folder that cannot be written', async () => {
    const folder = aMerchantsFolder()
    writeFileSync(join(folder, 'data'), 'a file where the folder should be')
    const shop = runShop(folder, { PORT: String(await aFreePort()) })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(
      /^The shop cannot start\.\nCannot open the database data\/shop-sandbox\.db: .*\n$/,
    )
  })

  test('a wrong variable', async () => {
    const shop = runShop(aMerchantsFolder(), { PORT: 'many', LOG_LEVEL: 'loud' })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(/^The shop cannot start\.\nPORT must be .*\nLOG_LEVEL must be .*\n$/)
  })

  test('a database of live money', async () => {
    const folder = aMerchantsFolder()
    const { openDatabase } = await import('../db/index.ts')
    await (await openDatabase({ url: `sqlite:${folder}/data/shop-sandbox.db`, mode: 'live' })).close()
    const shop = runShop(folder, { PORT: String(await aFreePort()) })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(/Test money and real money never mix/)
  })

  test('a sandbox elsewhere that is not there', async () => {
    const shop = runShop(aMerchantsFolder(), {
      PORT: String(await aFreePort()),
      CODE_ENDPOINT: `http://127.0.0.1:${await aFreePort()}/v1`,
    })
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(/Could not fetch the sandbox’s public key from .*\/key\. Start the sandbox/)
  })

  test('variables may stand in .env', async () => {
    const folder = aMerchantsFolder()
    writeFileSync(join(folder, '.env'), '\uFEFFPORT=none\n')
    const shop = runShop(folder, {})
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toContain('PORT must be')
  })

  test('an .env file with invalid lines, none of whose values are shown', async () => {
    const folder = aMerchantsFolder()
    writeFileSync(
      join(folder, '.env'),
      'PORT=1\n\nDATABASE_URL=postgres://shop:hunter#2@db/shop\nPORT=2\nHOST\n',
    )
    const shop = runShop(folder, {})
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(
      /^The shop cannot start\.\n\.env:3: DATABASE_URL: the # .*\n\.env:4: PORT is already set in line 1\. .*\n\.env:5: there is no =\. .*\n$/,
    )
    expect(shop.output()).not.toContain('hunter')
  })

  test('an .env file that is not UTF-8', async () => {
    const folder = aMerchantsFolder()
    writeFileSync(join(folder, '.env'), Buffer.from('PORT=1\n# für später\n', 'latin1'))
    const shop = runShop(folder, {})
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toBe(
      'The shop cannot start.\n.env:2: the line is not UTF-8. Save the file as UTF-8.\n',
    )
  })

  test('an .env that cannot be read', async () => {
    const folder = aMerchantsFolder()
    mkdirSync(join(folder, '.env'))
    const shop = runShop(folder, {})
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toMatch(/^The shop cannot start\.\n\.env is a folder\. .*\n$/)
    const buyer = run('scripts/pay.ts', folder, {}, ['article'])
    expect([await buyer.ended, buyer.output()]).toEqual([1, expect.stringContaining('.env is a folder')])
  })
})

test('a shop that is killed between storing an order and sending it offers the same intent after its restart', async () => {
  const folder = aMerchantsFolder()
  const PORT = String(await aFreePort())
  const sent: string[] = []
  let answering = false
  let heard: () => void = () => undefined
  const hearing = new Promise<void>((done) => (heard = done))
  const sequencer = await listen(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const { method, body } = Common.Request.fromBinary(Buffer.concat(chunks))
    if (method === 'sendMessage') sent.push(intentOf(body))
    heard()
    const accepted = new SendMessageResponse({ messageId: { value: new Uint8Array(16) } }).toBinary()
    const answer = new Common.Response(method === 'sendMessage' ? { body: accepted } : {})
    if (answering) res.end(Buffer.from(answer.toBinary()))
  })
  const env = {
    PORT,
    CODE_ENDPOINT: `${sequencer.url}/v1`,
    CODE_PUBLIC_KEY: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
  }
  const shop = runShop(folder, env)
  await shop.says('The shop is open')
  const cookie =
    (await fetch(`http://127.0.0.1:${PORT}/products/article`)).headers.get('set-cookie')?.split(';')[0] ?? ''
  const cutOff = postIntent(PORT, cookie).catch((error) => error)
  await hearing
  shop.child.kill('SIGKILL')
  expect(await cutOff).toMatchObject({ message: 'fetch failed' })
  await shop.ended

  answering = true
  const again = runShop(folder, env)
  await again.says('The shop is open')
  const offer = await postIntent(PORT, cookie)
  expect(sent).toEqual([offer.id, offer.id])
})

describe('in one process with the test', () => {
  test('a shop of its own stops when it is told to, and lets go of its port', async () => {
    const folder = aMerchantsFolder()
    const env = {
      PORT: String(await aFreePort()),
      DATABASE_URL: `sqlite:${folder}/shop.db`,
      PUBLIC_URL: 'http://localhost:3030',
      LOG_LEVEL: 'silent',
    }
    const config = {
      ...readConfig(env),
      catalogFolder: join(folder, 'catalog'),
      sandboxFolder: join(folder, 'sequencer'),
    }
    for (let start = 0; start < 2; start++) {
      const shop = await startShop(config)
      expect((await fetch(`${config.localUrl}/readyz`)).status).toBe(200)
      expect((await fetch(`${config.localUrl}/sandbox/key`)).status).toBe(200)
      await shop.stop()
      await expect(fetch(`${config.localUrl}/readyz`)).rejects.toThrow()
    }
  })

  test('a shop that stops keeps how many deliveries it has rejected', async () => {
    const folder = aMerchantsFolder()
    const url = `sqlite:${folder}/shop.db`
    const config = {
      ...readConfig({ PORT: String(await aFreePort()), DATABASE_URL: url, LOG_LEVEL: 'silent' }),
      catalogFolder: join(folder, 'catalog'),
      sandboxFolder: join(folder, 'sequencer'),
    }
    const shop = await startShop(config)
    const headers = { 'Content-Type': 'application/jwt' }
    const webhook = `http://127.0.0.1:${config.port}/webhook`
    expect((await fetch(webhook, { method: 'POST', headers, body: 'not a token' })).status).toBe(400)
    await shop.stop()
    expect(await sqlite.query(url, 'SELECT reason, count FROM rejections')).toEqual([
      { reason: 'event-malformed', count: 1 },
    ])
  })

  test('a shop that stops lets go of clients that would send on for ever', async () => {
    const folder = aMerchantsFolder()
    const config = {
      ...readConfig({
        PORT: String(await aFreePort()),
        DATABASE_URL: `sqlite:${folder}/shop.db`,
        LOG_LEVEL: 'silent',
      }),
      catalogFolder: join(folder, 'catalog'),
      sandboxFolder: join(folder, 'sequencer'),
    }
    const shop = await startShop(config)
    const agent = new Agent({ keepAlive: true })
    later(() => agent.destroy())
    const statuses = new Set<unknown>()
    let firstAnswer: () => void = () => undefined
    const answered = new Promise<void>((done) => (firstAnswer = done))
    async function sendOn(): Promise<unknown> {
      try {
        for (;;) {
          statuses.add(await ask(agent, config.port))
          firstAnswer()
        }
      } catch (error) {
        return (error as NodeJS.ErrnoException).code
      }
    }
    const clients = Promise.all(Array.from({ length: 20 }, sendOn))
    await answered
    const began = performance.now()
    await shop.stop()
    for (const reason of await clients) expect(reason).toMatch(/ECONNREFUSED|ECONNRESET/)
    expect(performance.now() - began).toBeLessThan(4_000) // below the deadline that would cut them off
    expect(statuses).toEqual(new Set([200]))
  })

  test('with a sandbox elsewhere, it asks that for its key', async () => {
    const folder = aMerchantsFolder()
    const base = { LOG_LEVEL: 'silent', DATABASE_URL: `sqlite:${folder}/shop.db` }
    const elsewhere = {
      ...readConfig({ ...base, DATABASE_URL: `sqlite:${folder}/other.db`, PORT: String(await aFreePort()) }),
      catalogFolder: join(folder, 'catalog'),
      sandboxFolder: join(folder, 'sequencer'),
    }
    const host = await startShop(elsewhere)
    const config = {
      ...readConfig({ ...base, PORT: String(await aFreePort()), CODE_ENDPOINT: elsewhere.endpoint }),
      catalogFolder: join(folder, 'catalog'),
    }
    const shop = await startShop(config)
    expect((await fetch(`${config.localUrl}/sandbox/key`)).status).toBe(404)
    await shop.stop()
    await host.stop()
  })

  test('a live shop has Code’s button, and no sandbox', async () => {
    const folder = aMerchantsFolder()
    mkdirSync(folder, { recursive: true })
    const env = {
      CODE_MODE: 'live',
      CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
      PORT: String(await aFreePort()),
      DATABASE_URL: `sqlite:${folder}/shop.db`,
      LOG_LEVEL: 'silent',
    }
    const config = { ...readConfig(env), catalogFolder: join(folder, 'catalog') }
    const nowhere = { resolve: async () => [], connectTo: () => ({ host: '127.0.0.1', port: 1 }) }
    const shop = await startShop(config, undefined, nowhere)
    const page = await (await fetch(`${config.localUrl}/products/article`)).text()
    expect(page).not.toMatch(/sandbox mode|real money|test wallet/i)
    expect(page).toContain('data-code-button')
    const hosts = await (await fetch(`${config.localUrl}/hosts.js`)).text()
    expect(hosts).toContain('"https://sdk.getcode.com/v1/elements"')
    expect(hosts).toContain('"https://cash.getcode.com/v1"')
    expect(hosts).not.toContain('sandbox')
    await shop.stop()
  })

  test('an address that this machine does not have is named', async () => {
    const folder = aMerchantsFolder()
    const config = {
      ...readConfig({
        HOST: '192.0.2.1',
        PORT: '3999',
        DATABASE_URL: `sqlite:${folder}/shop.db`,
        LOG_LEVEL: 'silent',
      }),
      catalogFolder: join(folder, 'catalog'),
      sandboxFolder: join(folder, 's'),
    }
    await expect(startShop(config)).rejects.toThrow('This machine has no address 192.0.2.1')
  })
})

function ask(agent: Agent, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ agent, port, host: '127.0.0.1', path: '/healthz' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    }).on('error', reject)
  })
}

async function postIntent(port: string, cookie: string): Promise<{ id: string }> {
  const headers = { 'Content-Type': 'application/json', cookie }
  const response = await fetch(`http://127.0.0.1:${port}/create-intent`, {
    method: 'POST',
    headers,
    body: '{"product":"article"}',
  })
  return (await response.json()) as { id: string }
}

function intentOf(body: Uint8Array): string {
  const { rendezvousKey } = SendMessageRequest.fromBinary(body)
  return new PublicKey(rendezvousKey?.value ?? new Uint8Array(32)).toBase58()
}
