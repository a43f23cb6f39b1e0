import { execFile } from 'node:child_process'
import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { cpSync, readFileSync, truncateSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PublicKey } from '@code-wallet/keys'
import { expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import type { Offer } from '../../money/index.ts'
import { claimsOf, signed } from '../../scripts/support/tokens.ts'
import { type Finding, type Network, runChecks } from '../../server/checks/index.ts'
import { readConfig } from '../../server/config/index.ts'
import { readFields } from '../support/desk-forms.ts'
import { testUnless } from '../support/skipping.ts'
import { aStartedShop } from '../support/started.ts'
import { until } from '../support/until.ts'
import { aFolder, later } from '../support/workplace.ts'
import { aRunningProxy, isInstalled, PROXIES } from './support/proxies.ts'
import { aSupervisedShop, NO_SYSTEMD } from './support/supervised-shop.ts'
import { aVisitor, DOMAIN, VISITOR, type Visitor } from './support/visitor.ts'

const execute = promisify(execFile)

const ADMIN_TOKEN = 'correct-horse-battery-staple-and-more'
const ELSEWHERE = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const ENV = {
  PUBLIC_URL: `https://${DOMAIN}`,
  TRUST_PROXY: '127.0.0.1',
  CREATE_INTENT_PER_MINUTE: '100000',
  ADMIN_TOKEN,
}
const MIB = 1024 * 1024
const GIB = 1024 * MIB
const FILE_LENGTH = GIB + 64 * MIB // more than nginx would keep in a file of its own
const STALLED = 8
const QUICK_MS = 9_000 // below every limit on slow clients: Apache's is ten seconds
const CLIENTS = 4
const NO_TOKEN = 'not a token'
const RESTARTS = 2
const SLOW_TEST_MS = 180_000
const PATIENCE_MS = 60_000

const missing = PROXIES.filter((proxy) => !isInstalled(proxy)).map(({ name }) => name)
const installed = PROXIES.filter(isInstalled)
// CI tests a merchant's copy of the project as well, in which these would show the same again.
const isCopy = process.env.NICKEL_NESTED === '1'
const withoutProxies = (installed.length === 0 && 'no proxy') || (isCopy && 'a copy')
const testBehindProxies = testUnless(withoutProxies)

interface Front {
  name: string
  http: number
  https: number
  /** The certificate to trust, in PEM */
  ca: string
}

test('all proxies are here to be tested, and what restarts the shop', () => {
  const skipped = NO_SYSTEMD ? [...missing, 'systemd'] : missing
  if (process.env.REQUIRE_ALL === '1') expect(skipped).toEqual([])
  else if (skipped.length > 0) process.stdout.write(`skipped: not installed: ${skipped.join(', ')}\n`)
})

/** The examples of all proxies that are installed, in front of the same shop. */
function fronts(shop: number): Promise<Front[]> {
  return Promise.all(
    installed.map(async (proxy) => ({ name: proxy.name, ...(await aRunningProxy(proxy, shop)) })),
  )
}

/** What `act` finds out behind each proxy, by its name. */
async function behindEach<T>(found: Front[], act: (visitor: Visitor, front: Front) => Promise<T>) {
  const results = found.map(async (front) => {
    const visitor = aVisitor(front.https)
    later(() => visitor.leave())
    return [front.name, await act(visitor, front)] as const
  })
  return Object.fromEntries(await Promise.all(results))
}

const forEach = <T>(value: T) => Object.fromEntries(installed.map(({ name }) => [name, value]))

/** A buyer whose order fails because the machine is busy tries again. */
async function order(visitor: Visitor, product: string): Promise<Offer & { id: string }> {
  let offer = ''
  await until(async () => {
    const { status, text } = await visitor.post('/create-intent', { product })
    if (status === 200) offer = text
    else if (status < 500) throw new Error(`an order was answered ${status}: ${text}`)
    return status === 200
  }, PATIENCE_MS)
  return JSON.parse(offer)
}

async function buy(visitor: Visitor, product: string): Promise<void> {
  const { id } = await order(visitor, product)
  await visitor.post(`/sandbox/wallet/requests/${id}/approve`)
  const isOpen = async () => (await visitor.get(`/products/${product}`)).text.includes('data-paid')
  await until(isOpen, PATIENCE_MS)
}

testBehindProxies(
  'a buyer pays, and the product opens; http leads to https',
  async () => {
    const shop = await aStartedShop(ENV)
    const found = await fronts(shop.port)
    const bought = await behindEach(found, async (visitor, { http }) => {
      await visitor.get('/products/article')
      await buy(visitor, 'article')
      const plain = await fetch(`http://127.0.0.1:${http}/products/article?a=b`, {
        redirect: 'manual',
        headers: { Host: DOMAIN },
      })
      return [plain.status, plain.headers.get('location')]
    })
    expect(bought).toEqual(forEach([308, expect.stringMatching(/^https:\/\//)]))
  },
  SLOW_TEST_MS,
)

testBehindProxies(
  'a client cannot choose its own address, and no page or answer is changed on the way',
  async () => {
    const shop = await aStartedShop(ENV)
    const found = await fronts(shop.port)
    const addresses = await behindEach(found, async (visitor) => {
      const count = async (forged?: string) => {
        const headers = forged ? { 'X-Forwarded-For': forged } : {}
        const { headers: answered } = await visitor.get('/intents/11111111111111111111111111111111', headers)
        return /-by-address".*?pk=(:[^:]*:)/.exec(String(answered['ratelimit-policy']))?.[1] ?? 'none'
      }
      return new Set([await count(), await count('203.0.113.7'), await count('203.0.113.8, 127.0.0.1')]).size
    })
    expect(addresses).toEqual(forEach(1))

    const direct = await fetch(`${shop.url}/products/article`)
    const text = await direct.text()
    const pages = await behindEach(found, async (visitor) => {
      const answer = await visitor.get('/products/article')
      const changed = [...direct.headers].filter(
        ([name, value]) => !OF_A_CONNECTION.test(name) && answer.headers[name] !== value,
      )
      return { isSame: answer.text === text, changed }
    })
    expect(pages).toEqual(forEach({ isSame: true, changed: [] }))
    const refused = await behindEach(found, async (visitor) => {
      const { status, headers } = await visitor.post('/webhook')
      return [status, headers['content-type']]
    })
    expect(refused).toEqual(forEach([415, expect.stringMatching(/^application\/problem\+json/)]))
  },
  SLOW_TEST_MS,
)
const OF_A_CONNECTION = /^(?:connection|keep-alive|date|server|via|alt-svc|set-cookie|transfer-encoding)$/

testBehindProxies(
  'the doctor finds nothing',
  async () => {
    const shop = await aStartedShop(ENV)
    const found = await fronts(shop.port)
    const config = readConfig({
      ...ENV,
      PORT: String(shop.port),
      DATABASE_URL: `sqlite:${shop.databaseFile}`,
    })
    const reports: Record<string, unknown> = {}
    // One after another: a probe is once.
    for (const { name, https, ca } of found) {
      const network = await aNetworkTo(https, ca)
      const { findings } = await runChecks({ config, network, only: ['public address', 'webhook', 'pages'] })
      reports[name] = findings.filter(isTrouble).map(({ check, meaning }) => `${check}: ${meaning}`)
      expect([name, findings.map(({ check }) => check)]).toEqual([
        name,
        expect.arrayContaining(['client-address']),
      ])
    }
    expect(reports).toEqual(forEach([]))
  },
  SLOW_TEST_MS,
)

/** A certificate of a test ends soon, and on a busy machine a webhook that arrives as it was sent may take its time. */
function isTrouble({ check, verdict, meaning }: Finding): boolean {
  if (check === 'certificate' || meaning.startsWith('It arrived as it was sent')) return verdict === 'broken'
  return verdict !== 'fine' && !LOCAL.includes(check)
}
const LOCAL = ['node', 'packages'] // of this machine, not of the proxy

/** Leads the domain to a proxy, from an address that isn't one of the proxies'. */
async function aNetworkTo(https: number, ca: string): Promise<Network> {
  const relay = createServer((near) => {
    const far = connect({ port: https, host: '127.0.0.1', localAddress: VISITOR })
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
  later(() => relay.close())
  const { port } = relay.address() as AddressInfo
  const connectTo = (origin: string) => (origin === ENV.PUBLIC_URL ? { host: '127.0.0.1', port } : undefined)
  return { resolve: async () => ['127.0.0.1'], connectTo, ca }
}

testBehindProxies(
  'the desk’s list of orders is told of an order at once, and the test wallet’s WebSocket opens',
  async () => {
    const shop = await aStartedShop(ENV)
    const found = await fronts(shop.port)
    const told = await behindEach(found, async (visitor, { https }) => {
      const form = readFields((await visitor.get('/desk', { Accept: 'text/html' })).text, '/desk/sign-in')
      const body = new URLSearchParams({ ...form, token: ADMIN_TOKEN }).toString()
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }
      await visitor.send('POST', '/desk/sign-in', { headers, body })
      const { outgoing, incoming } = visitor.begin('GET', '/desk/orders/live', {
        Accept: 'text/event-stream',
      })
      outgoing.end()
      const stream = await incoming
      later(() => stream.destroy())
      const event = nextText(stream, 'event: orders')
      await order(aVisitorOf(https), 'other')
      return [stream.statusCode, await event, await opens(https)]
    })
    expect(told).toEqual(forEach([200, true, true]))
  },
  SLOW_TEST_MS,
)

function aVisitorOf(port: number): Visitor {
  const visitor = aVisitor(port)
  later(() => visitor.leave())
  return visitor
}

async function nextText(stream: IncomingMessage, wanted: string): Promise<boolean> {
  let heard = ''
  for await (const chunk of stream) {
    heard += chunk
    if (heard.includes(wanted)) return true
  }
  return false
}

function opens(port: number): Promise<boolean> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/sandbox/v1`, {
    ...{ rejectUnauthorized: false, servername: DOMAIN },
    headers: { Host: DOMAIN },
  })
  later(() => socket.terminate())
  return new Promise((done) => socket.once('open', () => done(true)).once('error', () => done(false)))
}

testBehindProxies(
  'a download of more than a gigabyte is resumed where it broke off, as long as the file is the same',
  async () => {
    const { found } = await aShopWithALargeFile()
    const downloads = await behindEach(found, async (visitor, { https }) => {
      await buy(visitor, 'download')
      const first = await open(visitor)
      const had = await readSome(first, MIB)
      first.destroy()
      const { etag = '', 'content-length': length } = first.headers
      const other = await open(visitor, { Range: `bytes=${had}-`, 'If-Range': '"another"' })
      other.destroy()
      const rest = await measureRest(https, visitor.cookies(), had, etag)
      return [Number(length), other.statusCode, rest.status, had + rest.length]
    })
    expect(downloads).toEqual(forEach([FILE_LENGTH, 200, 206, FILE_LENGTH]))
  },
  SLOW_TEST_MS,
)

/** Resumes a download. By curl, which decrypts a gigabyte in a second or two. */
async function measureRest(port: number, cookie: string, from: number, etag: string) {
  const headers = [`Cookie: ${cookie}`, `Range: bytes=${from}-`, `If-Range: ${etag}`].flatMap((line) => [
    '-H',
    line,
  ])
  const connection = ['-sk', '--interface', VISITOR, '--resolve', `${DOMAIN}:${port}:127.0.0.1`]
  const { stdout } = await execute('curl', [
    ...[...connection, ...headers, '-o', '/dev/null', '-w', '%{http_code} %{size_download}'],
    `https://${DOMAIN}:${port}/products/download/file`,
  ])
  const [status, length] = stdout.split(' ').map(Number)
  return { status, length: length ?? 0 }
}

testBehindProxies(
  'clients that read nothing, or send half a request, hold up nobody',
  async () => {
    const { found, shop } = await aShopWithALargeFile()
    const waited = await behindEach(found, async (visitor, { https }) => {
      await buy(visitor, 'download')
      const paused = await Promise.all(Array.from({ length: STALLED }, () => open(visitor)))
      for (const stream of paused) later(() => stream.destroy())
      const headers = { 'Content-Type': 'application/jwt', 'Content-Length': NO_TOKEN.length }
      const halves = Array.from({ length: STALLED }, () =>
        aVisitorOf(https).begin('POST', '/webhook', headers),
      )
      for (const { outgoing } of halves) outgoing.write(NO_TOKEN.slice(0, 5))
      const beganAt = performance.now()
      await aVisitorOf(https).get('/products/article')
      const took = performance.now() - beganAt
      for (const { outgoing } of halves) outgoing.end(NO_TOKEN.slice(5))
      const statuses = await Promise.all(halves.map(async ({ incoming }) => (await incoming).statusCode))
      return [took < QUICK_MS, new Set(statuses), paused.map(({ statusCode }) => statusCode)]
    })
    // The shop's own answer to what isn't a token
    expect(waited).toEqual(forEach([true, new Set([400]), Array(STALLED).fill(200)]))
    expect((await fetch(`${shop.url}/readyz`)).status).toBe(200)
  },
  SLOW_TEST_MS,
)

async function aShopWithALargeFile() {
  const shop = await aStartedShop(ENV)
  truncateSync(join(dirname(shop.databaseFile), 'catalog/files/table.csv'), FILE_LENGTH)
  return { shop, found: await fronts(shop.port) }
}

async function open(visitor: Visitor, headers = {}): Promise<IncomingMessage> {
  const { outgoing, incoming } = visitor.begin('GET', '/products/download/file', headers)
  outgoing.end()
  return incoming
}

/** Reads at least so many bytes, and returns how many came. */
async function readSome(stream: IncomingMessage, wanted: number): Promise<number> {
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length >= wanted) break
  }
  return length
}

const testRestarts = testUnless(withoutProxies || NO_SYSTEMD)

testRestarts(
  'a restart fails no request: with systemd’s socket, they wait for the next process',
  async () => {
    const folder = aFolder()
    cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
    const shop = await aSupervisedShop(folder, { ...ENV, LOG_LEVEL: 'silent' })
    const key = createPrivateKey(readFileSync(join(folder, 'data/sequencer/key.pem')))
    const found = await fronts(shop.port)
    let isOver = false
    const answered = behindEach(found, async (_visitor, { https }) => {
      const clients = Array.from({ length: CLIENTS }, () => goOn(aVisitorOf(https), key, () => isOver))
      return (await Promise.all(clients)).flat()
    })
    for (let restart = 0; restart < RESTARTS; restart++) {
      const before = shop.pid()
      shop.stop()
      await until(() => shop.pid() !== before, PATIENCE_MS)
      await fetch(`${shop.url}/readyz`)
    }
    isOver = true
    for (const [name, statuses] of Object.entries(await answered)) {
      expect(statuses.length).toBeGreaterThan(CLIENTS)
      expect([name, statuses.filter((status) => status !== 200)]).toEqual([name, []])
    }
  },
  SLOW_TEST_MS,
)

/** Looks at a page and delivers a webhook, again and again. Returns the statuses of the answers, or why there was none. */
async function goOn(visitor: Visitor, key: KeyObject, isOver: () => boolean): Promise<unknown[]> {
  const statuses: unknown[] = []
  const failed = (error: Error) => ({ status: error.message })
  while (!isOver()) {
    const page = await visitor.get('/products/article').catch(failed)
    const webhook = await visitor.send('POST', '/webhook', aDelivery(key)).catch(failed)
    statuses.push(page.status, webhook.status)
  }
  return statuses
}

/** An event about an intent of somebody else's, which the shop stores. */
function aDelivery(key: KeyObject) {
  const id = new PublicKey(randomBytes(32)).toBase58()
  const claims = claimsOf({ id, amount: 25, currency: 'usd', destination: ELSEWHERE })
  return { headers: { 'Content-Type': 'application/jwt' }, body: signed(claims, key) }
}
