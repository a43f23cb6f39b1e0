/**
 * How many intents a second the sandbox takes, when each is created and gets a webhook and is on the disk before it is
 * answered: `npx tsx bench/sandbox-intents.ts`. Nothing leaves this machine. CPU time tells more than the rate where
 * other programs are busy, too.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { Common, RegisterWebhookRequest, RegisterWebhookResponse } from '@code-wallet/rpc'

const INTENTS = 5_000
const CONNECTIONS = 50
const LIMIT_MS = 10_000
const READY_LIMIT_MS = 10_000
const CPU_TICK_MS = 10 // the unit of /proc on every common Linux
const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

interface Intent {
  create: Buffer
  register: Buffer
}

const folder = mkdtempSync(join(tmpdir(), 'nickel-bench-'))
try {
  console.log(`Signing ${INTENTS} intents …`)
  const intents = await sign(INTENTS)
  await measure(intents)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Beforehand, since it costs whoever asks more than it costs the sandbox to answer. */
function sign(count: number): Promise<Intent[]> {
  return Promise.all(Array.from({ length: count }, signOne))
}

async function signOne(): Promise<Intent> {
  const options = { mode: 'payment', amount: 0.25, currency: 'usd', destination: DESTINATION }
  const message = await new PaymentRequestIntent(options as never).getSendMessageRequestProto()
  const intentId = { value: message.rendezvousKey?.value as Uint8Array }
  const webhook = new RegisterWebhookRequest({ intentId, url: 'http://127.0.0.1:9/webhook' })
  return {
    create: envelope('Messaging', 'sendMessage', message),
    register: envelope('MicroPayment', 'registerWebhook', webhook),
  }
}

function envelope(service: string, method: string, body: { toBinary(): Uint8Array }): Buffer {
  return Buffer.from(new Common.Request({ service, method, body: body.toBinary() }).toBinary())
}

async function measure(intents: Intent[]): Promise<void> {
  const sandbox = await startSandbox()
  try {
    const cpuBefore = sandbox.cpuMs()
    const began = performance.now()
    const durations = await load(intents, sandbox.port, began + LIMIT_MS)
    const tookMs = performance.now() - began
    report(durations, tookMs, sandbox.cpuMs() - cpuBefore)
  } finally {
    await sandbox.stop()
  }
}

/** A process of its own, with its state on the disk and its log in a file. */
async function startSandbox() {
  const port = await findFreePort()
  const log = join(folder, 'log')
  const args = ['--port', String(port), '--data', join(folder, 'data')]
  const tsx = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href
  const child = spawn(process.execPath, ['--import', tsx, 'sandbox/main.ts', ...args], {
    stdio: ['ignore', openSync(log, 'w'), 'inherit'],
  })
  const ended = new Promise((done) => child.once('exit', done))
  for (const limit = performance.now() + READY_LIMIT_MS; !readFileSync(log, 'utf8').includes('"ready"'); ) {
    if (child.exitCode !== null || performance.now() > limit) {
      child.kill()
      throw new Error('the sandbox did not start')
    }
    await delay(20)
  }
  return {
    port,
    cpuMs: () => cpuMsOf(child.pid as number),
    stop() {
      child.kill()
      return ended
    },
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** What all threads of a process used so far, in ms; NaN where there is no /proc. */
function cpuMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * CPU_TICK_MS // utime and stime; the two before went with the name
  } catch {
    return Number.NaN
  }
}

/** Creates the intents and registers their webhooks over a few connections; how long each intent took, in ms. */
async function load(intents: Intent[], port: number, until: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const waiting = intents.values()
  const durations: number[] = []
  async function work(): Promise<void> {
    for (const { create, register } of waiting) {
      if (performance.now() > until) return
      const began = performance.now()
      await call(agent, port, create)
      const { result } = RegisterWebhookResponse.fromBinary(await call(agent, port, register))
      if (result !== 0) throw new Error(`the webhook was not registered: result ${result}`)
      durations.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  agent.destroy()
  return durations
}

async function call(agent: Agent, port: number, body: Buffer): Promise<Uint8Array> {
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': body.length }
  const answer = await new Promise<Buffer>((done, fail) => {
    const options = { agent, host: '127.0.0.1', port, path: '/v1/api/', method: 'POST', headers }
    request(options, (res) => buffer(res).then(done, fail))
      .on('error', fail)
      .end(body)
  })
  const { result, message, body: inner } = Common.Response.fromBinary(answer)
  if (result !== Common.Response_Result.OK) throw new Error(`refused: ${message}`)
  return inner
}

function report(durations: number[], tookMs: number, cpuMs: number): void {
  const sorted = durations.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1)
  const count = sorted.length
  console.table({
    'intents taken': count,
    'a second': Math.round((count / tookMs) * 1_000),
    'CPU of the sandbox, ms for each': (cpuMs / count).toFixed(2),
    'time of each, median, ms': at(0.5),
    'time of each, 99 of 100, ms': at(0.99),
  })
}
