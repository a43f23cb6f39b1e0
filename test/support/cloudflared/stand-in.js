import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

// Writes and serves what cloudflared 2026.8 does, as far as others can see it, and needs no network: its log on stderr as text or
// JSON, the table with the address, and /quicktunnel, /ready and /healthcheck at the metrics address. What is to happen stands
// in the file plan.json in the folder STAND_IN, and each start is recorded there.

/**
 * @typedef {object} Plan
 * @property {string[]} [names] the host names of quick tunnels, one for each start; the last one stays
 * @property {number[]} [fails] the starts, from 0, that get no tunnel
 * @property {number} [nameMs] how long a quick tunnel waits for its name
 * @property {number} [readyMs] how long it then takes to connect
 * @property {'json' | 'text'} [output] the form of its log, whatever it was asked for
 */

const folder = process.env.STAND_IN ?? '.'
const starts = join(folder, 'starts.jsonl')
/** @type {Plan} */
const plan = existsSync(join(folder, 'plan.json'))
  ? JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))
  : {}

if (process.argv.includes('--version')) {
  process.stdout.write('cloudflared version 2026.8.0 (built 2026-08-20-1030 UTC)\n')
  process.exit()
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    config: { type: 'string' },
    metrics: { type: 'string', default: '127.0.0.1:20241' },
    output: { type: 'string', default: process.env.TUNNEL_LOG_OUTPUT ?? 'default' },
    'no-autoupdate': { type: 'boolean' },
  },
})
const {
  names = ['some-words.trycloudflare.com'],
  fails = [],
  nameMs = 0,
  readyMs = 0,
  output = values.output,
} = plan
const token = process.env.TUNNEL_TOKEN
const isNamed = positionals.includes('run')
const start = existsSync(starts) ? readFileSync(starts, 'utf8').trimEnd().split('\n').length : 0
const state = { hostname: '', isReady: false }
const settings = Object.keys(process.env).filter((name) => name.startsWith('TUNNEL_'))

const edge = createServer(forward).listen(0, '127.0.0.1')
await new Promise((resolve) => edge.once('listening', resolve))
const edgePort = /** @type {import('node:net').AddressInfo} */ (edge.address()).port
appendFileSync(
  starts,
  `${JSON.stringify({ pid: process.pid, args: process.argv.slice(2), token, settings, edgePort })}\n`,
)

const [metricsHost, metricsPort] = values.metrics.split(':')
createServer(serveMetrics).listen(Number(metricsPort), metricsHost)
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    log(
      'info',
      `Initiating graceful shutdown due to signal ${signal === 'SIGINT' ? 'interrupt' : 'terminated'} ...`,
    )
    process.exit()
  })
if (isNamed) startNamed()
else startQuick()

function startQuick() {
  if (values.config) log('error', `Configuration file ${values.config} was empty`)
  log('info', 'Requesting new quick Tunnel on trycloudflare.com...')
  if (fails.includes(start)) {
    const why =
      'Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host'
    log('error', `failed to request quick Tunnel: ${why}`)
    process.exit(1)
  }
  setTimeout(() => {
    state.hostname = names[Math.min(start, names.length - 1)] ?? ''
    log('info', `+${'-'.repeat(92)}+`)
    log(
      'info',
      '|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
    )
    log('info', `|  ${`https://${state.hostname}`.padEnd(90)}|`)
    log('info', `+${'-'.repeat(92)}+`)
    connect()
  }, nameMs)
}

function startNamed() {
  if (!token) {
    process.stderr.write(
      '"cloudflared tunnel run" requires the ID or name of the tunnel to run as the last command line argument\n',
    )
    process.exit(1)
  }
  log('info', 'Starting tunnel')
  connect()
}

function connect() {
  log('info', `Starting metrics server on ${values.metrics}/metrics`)
  setTimeout(() => {
    state.isReady = true
    log('info', 'Registered tunnel connection')
  }, readyMs)
}

/** @param {'info' | 'error'} level @param {string} message */
function log(level, message) {
  const time = new Date().toISOString().replace(/\.\d+/, '')
  const line =
    output === 'json'
      ? JSON.stringify({ level, time, message })
      : `${time} ${{ info: 'INF', error: 'ERR' }[level]} ${message}`
  process.stderr.write(`${line}\n`)
}

/** @type {import('node:http').RequestListener} */
function serveMetrics(req, res) {
  if (req.url === '/quicktunnel') return void res.end(JSON.stringify({ hostname: state.hostname }))
  if (req.url === '/healthcheck') return void res.end('OK\n')
  if (req.url !== '/ready') return void res.writeHead(404).end()
  const status = state.isReady ? 200 : 503
  const readyConnections = state.isReady ? 1 : 0
  res.writeHead(status).end(JSON.stringify({ status, readyConnections, connectorId: '0000' }))
}

/**
 * Passes a request on as Cloudflare's network does: with the visitor's address appended to what the visitor has sent.
 * @type {import('node:http').RequestListener}
 */
function forward(req, res) {
  const visitor = '198.51.100.7'
  const forwarded = [req.headers['x-forwarded-for'], visitor].filter(Boolean).join(',')
  const headers = {
    ...req.headers,
    'x-forwarded-for': forwarded,
    'x-forwarded-proto': 'https',
    'cf-connecting-ip': visitor,
  }
  const passed = request(`${values.url}${req.url}`, { method: req.method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  passed.once('error', () => res.writeHead(502).end())
  req.pipe(passed)
}
