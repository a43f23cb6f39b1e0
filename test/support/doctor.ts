import { mkdirSync } from 'node:fs'
import { type IncomingHttpHeaders, type RequestListener, request } from 'node:http'
import { join } from 'node:path'
import { openDatabase } from '../../db/index.ts'
import { openSandbox } from '../../sandbox/index.ts'
import { type Finding, type Network, runChecks } from '../../server/checks/index.ts'
import { type Config, readConfig } from '../../server/config/index.ts'
import { aCertificate, listenSecurely } from './certificate.ts'
import { aFolder, later } from './workplace.ts'

export const SHOP = 'https://shop.example.org'
const CODE = 'https://cash.getcode.com'
const ELEMENTS = 'https://sdk.getcode.com'
const DESTINATION = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'

let made: ReturnType<typeof aCertificate> | undefined
/** One for all hosts of a test file: making it takes a new process. */
const certificate = () => (made ??= aCertificate(['shop.example.org', 'cash.getcode.com', 'sdk.getcode.com']))

/** A folder as a shop has it, with a configuration for live mode, and hosts on this machine in the place of all others. */
export async function aPatient({ env = {} }: { env?: Record<string, string> } = {}) {
  const folder = aFolder()
  mkdirSync(join(folder, 'backups'), { mode: 0o700 })
  const given = {
    CODE_MODE: 'live',
    CODE_DESTINATION: DESTINATION,
    PUBLIC_URL: SHOP,
    TRUST_PROXY: 'loopback',
    DATABASE_URL: `sqlite:${folder}/shop.db`,
    BACKUP_FOLDER: `${folder}/backups`,
    ...env,
  }
  const config: Config = {
    ...readConfig(given),
    catalogFolder: 'test/support/catalog',
    sandboxFolder: join(folder, 'sequencer'),
  }
  const hosts = new Map<string, { host: string; port: number }>()
  const network: Network = {
    resolve: async () => ['198.51.100.7'],
    connectTo: (origin) => hosts.get(origin) ?? { host: '127.0.0.1', port: 1 }, // nobody listens there
    ca: certificate().cert,
  }
  /** Puts a server of this machine in the place of a host. */
  const host = async (origin: string, handler: RequestListener) =>
    void hosts.set(origin, await listenSecurely(handler, certificate()))
  return {
    folder,
    config,
    network,
    hosts,
    host,
    /** Code as it was: the sandbox speaks the same protocol. */
    async answerAsCode() {
      const sandbox = await openSandbox({
        data: ':memory:',
        baseUrl: CODE,
        origins: [CODE],
        shops: [SHOP],
        allowsWebhookTo: () => false,
      })
      later(() => sandbox.close())
      await host(CODE, sandbox.handler)
      await host(ELEMENTS, sandbox.handler)
    },
    async makeDatabase() {
      await (await openDatabase({ url: config.databaseUrl, mode: config.mode })).close()
    },
    async examine(
      changes: Partial<Config> = {},
      options: { now?: number; deadlineMs?: number; only?: readonly string[] } = {},
    ) {
      const { now, deadlineMs, only } = options
      const report = await runChecks({
        config: { ...config, ...changes },
        network,
        ...(now !== undefined && { clock: { now: () => now } }),
        ...(deadlineMs !== undefined && { deadlineMs }),
        ...(only && { only }),
      })
      return { report, of: (check: string) => findingsOf(report.findings, check) }
    },
    CODE,
    ELEMENTS,
  }
}

/** The one finding of this check. */
function findingsOf(findings: readonly Finding[], check: string): Finding {
  const [finding, ...more] = findings.filter((each) => each.check === check)
  if (!finding || more.length > 0) throw new Error(`${check} was found ${more.length ? 'twice' : 'nowhere'}`)
  return finding
}

interface Meddling {
  /** Changes the headers of a request; by default the proxy says who the client is, as it should */
  headers?(headers: IncomingHttpHeaders): IncomingHttpHeaders
  /** Changes the body of a request */
  body?(body: Buffer): Buffer
  /** Changes what the shop has answered */
  answer?(text: string, headers: IncomingHttpHeaders): { text: string; headers: IncomingHttpHeaders }
}

export const CLIENT = '198.51.100.9'

/** A proxy before a server of this machine, which may do what it shouldn't. */
export function aProxyTo(url: string, meddling: Meddling = {}): RequestListener {
  const {
    headers = (given) => ({ ...given, 'x-forwarded-for': CLIENT }),
    body = (given) => given,
    answer = (text, given) => ({ text, headers: given }),
  } = meddling
  return async (req, res) => {
    const received = body(Buffer.concat(await req.toArray()))
    const { 'content-length': _length, ...others } = headers(req.headers)
    const passed = request(`${url}${req.url}`, {
      method: req.method,
      headers: { ...others, ...(req.method === 'POST' && { 'content-length': received.length }) },
    })
    passed.once('response', async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = response.headers
      const answered = answer(text, kept)
      res.writeHead(response.statusCode ?? 0, answered.headers).end(answered.text)
    })
    passed.once('error', () => res.writeHead(502).end())
    passed.end(received)
  }
}
