import { PaymentRequestIntent } from '@code-wallet/intents'
import { Common, RegisterWebhookRequest } from '@code-wallet/rpc'
import { httpRequest } from '../load.ts'
import { DESTINATION } from '../order-tables.ts'
import type { Running } from '../processes.ts'
import { inTurn, type Measure, spread, typical } from '../rounds.ts'
import { onSandbox } from '../sandbox.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

/** Measures the far end of create-intent, which must not be what limits it. */
export async function sandbox({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const count = short ? 100 : 1_000
  const { intents } = await onSandbox((server) =>
    inTurn(rounds, progress, { intents: () => createAndRegister(server, count) }),
  )
  return [report(intents)]
}

async function createAndRegister(server: Running, count: number) {
  const calls = await Promise.all(Array.from({ length: count }, sign)) // beforehand, since signing costs more than answering
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
  const webhook = new RegisterWebhookRequest({ intentId, url: 'http://127.0.0.1:2/webhook' })
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
    compared: 'intents created, with a webhook registered for each, both durable; 50 at a time',
    unit: 'per second',
    ...spread(intents.map(({ perSecond }) => perSecond)),
    must: ['≥', 1_000],
    figures: { 'processor ms per intent': typical(intents, 'cpuMs') },
  }
}
