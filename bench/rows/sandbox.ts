import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { Common, RegisterWebhookRequest } from '@code-wallet/rpc'
import { httpRequest } from '../load.ts'
import { DESTINATION } from '../order-tables.ts'
import { FOLDER, type Running, startSandbox, together } from '../processes.ts'
import { inTurn, type Measure, spread, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

/** The far end of create-intent, which must not be what limits it: intents created, and given a webhook. */
export async function sandbox({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const data = mkdtempSync(join(FOLDER, 'sandbox-'))
  const count = short ? 100 : 1_000
  try {
    const { intents } = await together({ sandbox: () => startSandbox(data) }, ({ sandbox }) =>
      inTurn(rounds, progress, { intents: () => createAndRegister(sandbox, count) }),
    )
    return [report(intents)]
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function createAndRegister(server: Running, count: number) {
  const calls = await Promise.all(Array.from({ length: count }, sign)) // beforehand: it costs more than to answer
  const created = await deliver(
    server,
    calls.map(({ create }) => create),
  )
  const registered = await deliver(
    server,
    calls.map(({ register }) => register),
  )
  return {
    perSecond: 1 / (1 / created.perSecond + 1 / registered.perSecond),
    cpuMs: created.cpuMs + registered.cpuMs,
  }
}

async function sign() {
  const options = { mode: 'payment', amount: 0.25, currency: 'usd', destination: DESTINATION } as const
  const message = await new PaymentRequestIntent(options).getSendMessageRequestProto()
  const intentId = { value: message.rendezvousKey?.value as Uint8Array }
  const webhook = new RegisterWebhookRequest({ intentId, url: 'http://127.0.0.1:9/webhook' })
  return {
    create: call('Messaging', 'sendMessage', message),
    register: call('MicroPayment', 'registerWebhook', webhook),
  }
}

function call(service: string, method: string, message: { toBinary(): Uint8Array }): Buffer {
  const body = new Common.Request({ service, method, body: message.toBinary() }).toBinary()
  return httpRequest('POST', '/v1/api/', { 'Content-Type': 'application/octet-stream' }, body)
}

function report(intents: Awaited<ReturnType<typeof createAndRegister>>[]): Measure {
  return {
    measure: 'the sandbox’s own speed',
    compared: 'intents created and given a webhook, each durable, a second; 50 at a time',
    unit: 'a second',
    ...spread(intents.map(({ perSecond }) => perSecond)),
    must: ['≥', 1_000],
    figures: { 'processor ms each': typical(intents, 'cpuMs') },
  }
}
