import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { LoginRequestIntent, PaymentRequestIntent } from '@code-wallet/intents'
import { Keypair } from '@code-wallet/keys'
import {
  Common,
  ExchangeDataWithoutRate,
  GetLoginForThirdPartyAppRequest,
  GetStatusRequest,
  Message,
  OpenMessageStreamRequest,
  RegisterWebhookRequest,
  RequestToReceiveBill,
  type SendMessageRequest,
} from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import bs58 from 'bs58'
import fc from 'fast-check'
import { WebSocket } from 'ws'
import { fuzzing } from '../support/fuzz.ts'
import {
  aLogin,
  aPayment,
  aRequest,
  aSandbox,
  aSignedMessage,
  later,
  octets,
  post,
  send,
} from './a-sandbox.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 300 })
// A spoiled address of a webhook must not be looked up in the world.
const options = { data: ':memory:', allowsWebhookTo: ({ hostname }: URL) => hostname === '127.0.0.1' }
const aKeypair = (name: string) =>
  Keypair.fromSeed(createHash('sha256').update(`${SEED} ${name}`).digest() as never)
const keypair = aKeypair('rendezvous')

/** The same ones for the same seed, so that a failure can be met again. */
function validRequests(): Promise<[SendMessageRequest, SendMessageRequest]> {
  const idempotencyKey = `fuzz ${SEED}`
  const fees = [{ destination: keypair.getPublicKey().toBase58(), basisPoints: 100 }]
  const payment = new PaymentRequestIntent(aPayment({ idempotencyKey, fees }))
  const login = new LoginRequestIntent(aLogin(aKeypair('verifier'), { idempotencyKey }))
  return Promise.all([payment.getSendMessageRequestProto(), login.getSendMessageRequestProto()])
}

/** Envelopes as the SDK makes them, one of each call. */
async function validEnvelopes(): Promise<Uint8Array[]> {
  const key = { value: keypair.getPublicValue() } as never
  const [payment, login] = await validRequests()
  const calls: [string, string, { toBinary(): Uint8Array }][] = [
    ['Messaging', 'sendMessage', payment],
    ['Messaging', 'sendMessage', login],
    ['Messaging', 'openMessageStream', new OpenMessageStreamRequest({ rendezvousKey: key })],
    ['MicroPayment', 'getStatus', new GetStatusRequest({ intentId: key })],
    [
      'MicroPayment',
      'registerWebhook',
      new RegisterWebhookRequest({ intentId: key, url: 'http://127.0.0.1:1/' }),
    ],
    [
      'Identity',
      'getLoginForThirdPartyApp',
      new GetLoginForThirdPartyAppRequest({ intentId: key, verifier: key }),
    ],
  ]
  return calls.map(([service, method, body]) =>
    new Common.Request({ service, method, body: body.toBinary() }).toBinary(),
  )
}

/** Some bytes changed, cut out or put in. */
function mutated(originals: Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(
    fc.record({ at: fc.nat(400), cut: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }) }),
    { minLength: 1, maxLength: 6 },
  )
  return fc.tuple(fc.constantFrom(...originals), changes).map(([original, edits]) => {
    const bytes = [...original]
    for (const { at, cut, put } of edits) bytes.splice(at % (bytes.length + 1), cut, ...put)
    return Uint8Array.from(bytes)
  })
}

/** A right address and any body. */
function anyBody(envelopes: Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...envelopes), fc.uint8Array({ maxLength: 300 }))
    .map(([envelope, body]) => {
      const { service, method } = Common.Request.fromBinary(envelope)
      return new Common.Request({ service, method, body }).toBinary()
    })
}

/** Messages that were changed before they were rightly signed: these get past the signature, to the rules. */
function signedNonsense(requests: SendMessageRequest[]): fc.Arbitrary<Uint8Array> {
  const messages = requests.map(({ message }) => message?.toBinary() as Uint8Array)
  const plainBill = requests[0]?.message?.kind.value?.toBinary() as Uint8Array
  const decoded = mutated(messages).map((bytes) => {
    try {
      return Message.fromBinary(bytes).kind
    } catch {
      return { case: undefined } as const
    }
  })
  const money = fc
    .record({
      currency: fc.oneof(fc.constantFrom('usd', 'jpy', 'kin'), fc.string()),
      nativeAmount: fc.double(),
    })
    .map((value) => {
      const bill = RequestToReceiveBill.fromBinary(plainBill)
      bill.exchangeData = { case: 'partial', value: new ExchangeDataWithoutRate(value) }
      return { case: 'requestToReceiveBill', value: bill } as const
    })
  return fc.oneof(decoded, money).map((kind) => {
    const body = aSignedMessage(kind as Message['kind'], keypair).toBinary()
    return new Common.Request({ service: 'Messaging', method: 'sendMessage', body }).toBinary()
  })
}

const kinds: Record<string, () => Promise<fc.Arbitrary<Uint8Array>>> = {
  random: async () => fc.uint8Array({ maxLength: 2_000 }),
  mutated: async () => mutated(await validEnvelopes()),
  'rightly addressed': async () => anyBody(await validEnvelopes()),
  'rightly signed': async () => signedNonsense(await validRequests()),
}

describe.each(Object.keys(kinds))(`%s bytes (SEED=${SEED} RUNS=${RUNS})`, (kind) => {
  const bytesOf = kinds[kind] as () => Promise<fc.Arbitrary<Uint8Array>>

  test(
    'over HTTP are always answered, never with a failure, and a good request still works',
    async () => {
      const { endpoint, events } = await aSandbox(options)
      await fc.assert(
        fc.asyncProperty(await bytesOf(), async (bytes) => {
          const response = await post(`${endpoint}/api/`, octets(bytes))
          const body = new Uint8Array(await response.arrayBuffer())
          if (response.status === 200) Common.Response.fromBinary(body)
          else expect(response.status).toBe(400)
        }),
        run,
      )
      expect(events.filter(({ what }) => what === 'failed')).toEqual([])
      expect(await send(endpoint, await aRequest())).toBe('OK')
    },
    TIMEOUT_MS,
  )

  test(
    'over a WebSocket are always answered, never with a failure, and a good request still works',
    async () => {
      const { endpoint, events } = await aSandbox(options)
      const socket = new WebSocket(endpoint.replace('http:', 'ws:'))
      later(() => socket.terminate())
      await once(socket, 'open')
      // Opening a stream has no answer of its own; the question behind it has.
      const question = new Common.Request({ service: 'the', method: 'question' }).toBinary()
      const answers: string[] = []
      let answered = () => {}
      socket.on('message', (data) => {
        answers.push(Common.Response.fromBinary(data as Buffer).message)
        if (answers.at(-1) === 'unknown method the.question') answered()
      })
      await fc.assert(
        fc.asyncProperty(await bytesOf(), async (bytes) => {
          answers.length = 0
          const done = new Promise<void>((resolve) => {
            answered = resolve
          })
          socket.send(bytes)
          socket.send(question)
          await done
          expect(answers.length).toBeLessThanOrEqual(2)
        }),
        run,
      )
      expect(socket.readyState).toBe(WebSocket.OPEN)
      expect(events.filter(({ what }) => what === 'failed')).toEqual([])
      expect(await send(endpoint, await aRequest())).toBe('OK')
    },
    TIMEOUT_MS,
  )
})

/** Bodies of the JSON interface: any JSON, any texts in the right fields, and rightly signed bills that make no sense. */
async function jsonBodies(): Promise<fc.Arbitrary<string>> {
  const [payment] = await validRequests()
  const intent = keypair.getPublicKey().toBase58()
  const bill = payment.message?.kind.value?.toBinary() as Uint8Array
  const messages = mutated([bill]).map((bytes) => Buffer.from(bytes).toString('base64url'))
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(null))
  const fields = fc.record(
    {
      intent: fc.oneof(fc.constant(intent), text),
      message: fc.oneof(messages, text),
      signature: fc.oneof(fc.constant(bs58.encode(payment.signature?.value as Uint8Array)), text),
      webhook: fc.oneof(fc.webUrl(), text, fc.constant('http://127.0.0.1:1/')),
    },
    { requiredKeys: [] },
  )
  const signed = messages.map((message) => signedBody(intent, message))
  return fc.oneof(
    fc.json(),
    fc.string(),
    fields.map((value) => JSON.stringify(value)),
    signed,
  )
}

function signedBody(intent: string, message: string): string {
  try {
    const value = RequestToReceiveBill.fromBinary(Buffer.from(message, 'base64url'))
    const { signature } = aSignedMessage({ case: 'requestToReceiveBill', value }, keypair)
    return JSON.stringify({ intent, message, signature: bs58.encode(signature?.value as Uint8Array) })
  } catch {
    return JSON.stringify({ intent, message })
  }
}

describe(`any JSON (SEED=${SEED} RUNS=${RUNS})`, () => {
  test(
    'is always answered as JSON, never with a failure, and a good request still works',
    async () => {
      const { endpoint, events } = await aSandbox(options)
      const names = fc.constantFrom('createIntent', 'getUserId', 'getStatus')
      await fc.assert(
        fc.asyncProperty(names, await jsonBodies(), async (name, body) => {
          const isAsked = name === 'getStatus'
          const url = `${endpoint}/${name}${isAsked ? `?${new URLSearchParams({ intent: body })}` : ''}`
          const response = await (isAsked ? fetch(url) : post(url, { body }))
          const { success } = (await response.json()) as { success: boolean }
          expect([success, response.status < 500]).toEqual([response.status === 200, true])
        }),
        run,
      )
      expect(events.filter(({ what }) => what === 'failed')).toEqual([])
      expect(await send(endpoint, await aRequest())).toBe('OK')
    },
    TIMEOUT_MS,
  )
})
