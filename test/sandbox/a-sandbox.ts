import { type RequestListener, request } from 'node:http'
import { join } from 'node:path'
import { paymentIntents, webhook } from '@code-wallet/client'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { Keypair } from '@code-wallet/keys'
import {
  Common,
  Message,
  type RequestToReceiveBill,
  SendMessageRequest,
  SendMessageResponse,
} from '@code-wallet/rpc'
import { openSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.ts'
import { aClock, aFolder, later, listen as listenSomewhere } from '../support/workplace.ts'

export { aClock, aFolder, later } from '../support/workplace.ts'

export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

/** A server on a free port of this machine; its address. */
export async function listen(handler: RequestListener): Promise<string> {
  return (await listenSomewhere(handler)).url
}

export type TestSandbox = Awaited<ReturnType<typeof aSandbox>>

/** A sandbox on a free port with a clock that stands still; nothing is delivered unless told to. */
export async function aSandbox(options: Partial<SandboxOptions> = {}) {
  const clock = aClock()
  const data = options.data ?? join(aFolder(), 'sequencer')
  const events: Record<string, unknown>[] = []
  let sandbox: Sandbox
  const { url: origin, server } = await listenSomewhere((req, res) => sandbox.handler(req, res))
  const open = async () => {
    const opened = await openSandbox({
      clock,
      baseUrl: origin,
      origins: [origin],
      allowsWebhookTo: () => true,
      onEvent: (event) => events.push(event),
      ...options,
      data,
    })
    opened.attach(server, '')
    return opened
  }
  sandbox = await open()
  later(() => sandbox.close())
  const endpoint = `${origin}/v1`

  return {
    origin,
    endpoint,
    clock,
    data,
    events,
    get sandbox() {
      return sandbox
    },
    /** Stops it and opens the same folder again */
    async restart(meanwhile = () => {}) {
      await sandbox.close()
      meanwhile()
      sandbox = await open()
    },
    /** Makes a request through the SDK; gives its id. */
    create: async (changes: object = {}): Promise<string> =>
      (await paymentIntents.create(aPayment({ ...changes, endpoint }))).id,
    status: (intent: string) => paymentIntents.getStatus({ intent, endpoint }),
    register: async (intent: string, url: string) =>
      (await webhook.register({ mode: 'payment', intent, url, endpoint } as never)).message,
    approve: (intent: string, user?: unknown) =>
      post(
        `${origin}/wallet/requests/${intent}/approve`,
        user === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user }) },
      ),
    /** The test users by name */
    users: async (): Promise<Record<string, { user: string; kin: number }>> => {
      const users = (await (await fetch(`${origin}/wallet/users`)).json()) as {
        name: string
        user: string
        kin: number
      }[]
      return Object.fromEntries(users.map(({ name, user, kin }) => [name, { user, kin }]))
    },
    reject: (intent: string) => post(`${origin}/wallet/requests/${intent}/reject`),
    json: async (path: string) => (await fetch(`${origin}${path}`)).json(),
    deliveries: async (): Promise<DeliveryJson[]> =>
      (await (await fetch(`${origin}/deliveries`)).json()) as DeliveryJson[],
  }
}

export interface DeliveryJson {
  id: number
  state: string
  url: string
  token: string
  nextAttemptAt?: string
  attempts: {
    number: number
    startedAt: string
    durationMs: number | null
    status: number | null
    answer: string
    answeredBy?: string
  }[]
}

export function post(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { method: 'POST', redirect: 'manual', ...init })
}

/** The status of an answer under another Host, which `fetch` doesn't let anybody choose. */
export function statusUnder(
  host: string,
  url: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, Host: host } }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
    sent.on('error', reject).end()
  })
}

/** Options that make a valid payment with the SDK. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's option types want every field of every mode
export function aPayment(changes: object = {}): any {
  return { mode: 'payment', amount: 0.25, currency: 'usd', destination: DESTINATION, ...changes }
}

/** The request of the SDK for such options, to be spoiled by a test. */
export function aRequest(changes: object = {}): Promise<SendMessageRequest> {
  return new PaymentRequestIntent(aPayment(changes)).getSendMessageRequestProto()
}

/** A payment message of any shape, rightly signed by some key. */
export function aSignedBill(bill: RequestToReceiveBill, keypair = Keypair.generate()): SendMessageRequest {
  return aSignedMessage({ case: 'requestToReceiveBill', value: bill }, keypair)
}

/** A message of any kind and shape, rightly signed by some key. */
export function aSignedMessage(kind: Message['kind'], keypair = Keypair.generate()): SendMessageRequest {
  const message = new Message({ kind })
  return new SendMessageRequest({
    message,
    rendezvousKey: { value: keypair.getPublicValue() },
    signature: { value: sign(keypair, message) },
  })
}

/** Sends a request envelope as the SDK does, and gives the answer's. */
export async function call(
  endpoint: string,
  method: string,
  body: { toBinary(): Uint8Array },
): Promise<Common.Response> {
  const [service, name] = method.split('.') as [string, string]
  const envelope = new Common.Request({ service, method: name, body: body.toBinary() })
  const response = await post(`${endpoint}/api/`, octets(envelope.toBinary()))
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}: ${await response.text()}`)
  return Common.Response.fromBinary(new Uint8Array(await response.arrayBuffer()))
}

export function octets(bytes: Uint8Array): RequestInit {
  return { headers: { 'Content-Type': 'application/octet-stream' }, body: bytes as Uint8Array<ArrayBuffer> }
}

/** 'OK', or why a message was refused. */
export async function send(endpoint: string, request: SendMessageRequest): Promise<string> {
  const { result, body, message } = await call(endpoint, 'Messaging.sendMessage', request)
  if (result !== Common.Response_Result.OK) return body.length === 0 ? message : 'a refusal with a body'
  return SendMessageResponse.fromBinary(body).messageId?.value.length === 16 ? 'OK' : 'OK without an id'
}

export interface Received {
  method: string
  path: string
  type: string | undefined
  body: string
}

/** Somebody's webhook on a free port; `answer` decides what it says. */
export async function aReceiver(answer: RequestListener = (_req, res) => res.end('thanks')) {
  const received: Received[] = []
  const waiting: (() => void)[] = []
  const origin = await listen((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk) => chunks.push(chunk))
    req.on('end', () => {
      const { method = '', url: path = '', headers } = req
      received.push({ method, path, type: headers['content-type'], body: Buffer.concat(chunks).toString() })
      answer(req, res)
      for (const resolve of waiting.splice(0)) resolve()
    })
  })
  return {
    url: `${origin}/webhook`,
    origin,
    received,
    /** Resolves at the next request. */
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
  }
}

/** Options that make a valid login with the SDK. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's option types want every field of every mode
export function aLogin(verifier: Keypair, changes: object = {}): any {
  const login = { domain: 'example.com', verifier: verifier.getPublicKey().toBase58() }
  return { mode: 'login', login, signers: [verifier], ...changes }
}

/** What the SDK does; only its types want another kind of array. */
export function sign(keypair: Keypair, message: Message): Uint8Array {
  return keypair.sign(message.toBinary() as never)
}
