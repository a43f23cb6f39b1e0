import { createPublicKey, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import { paymentIntents as version2, webhook } from '@code-wallet/client'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import bs58 from 'bs58'
import { aReceiver, aSandbox, DESTINATION, type TestSandbox } from './a-sandbox.ts'

const CODE = 'https://api.getcode.com/v1/' // compiled into version 1

interface Intents {
  create(options: object): Promise<{ id: string; clientSecret: string }>
  getStatus(options: object): Promise<{ status: string }>
}

/** What the two versions of Code's client have in common, for one sandbox. */
interface Client {
  create(sandbox: TestSandbox, options: object): Promise<{ id: string; clientSecret: string }>
  status(sandbox: TestSandbox, intent: string): Promise<string>
}

const aPayment = (changes: object) => ({
  amount: 0.29,
  currency: 'usd',
  destination: DESTINATION,
  ...changes,
})

const second: Client = {
  create: async ({ endpoint }, options) =>
    version2.create({ mode: 'payment', ...aPayment(options), endpoint } as never),
  status: async ({ endpoint }, intent) => (await version2.getStatus({ intent, endpoint })).status,
}

let version1: Intents
let endpoint = ''
const plain = globalThis.fetch

// It keeps the `fetch` that it finds when it is loaded, and Code's address can't be changed.
beforeAll(async () => {
  globalThis.fetch = (url, init) => plain(String(url).replace(CODE, `${endpoint}/`), init)
  version1 = ((await import('code-wallet-client-1')) as unknown as { paymentIntents: Intents }).paymentIntents
})
afterAll(() => {
  globalThis.fetch = plain
})

const first: Client = {
  create(sandbox, options) {
    endpoint = sandbox.endpoint
    return version1.create(aPayment(options))
  },
  async status(sandbox, intent) {
    endpoint = sandbox.endpoint
    return (await version1.getStatus({ intent })).status
  },
}

test('the versions are the newest of their kind', () => {
  const versionOf = (name: string) => createRequire(import.meta.url)(`${name}/package.json`).version
  expect([versionOf('code-wallet-client-1'), versionOf('@code-wallet/client')]).toEqual(['1.0.3', '2.0.8'])
})

describe.each([
  ['1.0.3', first],
  ['2.0.8', second],
])('version %s of Code’s client', (_version, client) => {
  test('creates an intent, and sees it paid', async () => {
    const sandbox = await aSandbox()
    const { id } = await client.create(sandbox, {})
    expect(await client.status(sandbox, id)).toBe('pending')
    expect(await sandbox.json(`/wallet/requests/${id}`)).toMatchObject({ amount: 29, currency: 'usd' })
    await sandbox.approve(id)
    expect(await client.status(sandbox, id)).toBe('confirmed')
  })

  test('sees a rejected intent as pending, since it can still be paid', async () => {
    const sandbox = await aSandbox()
    const { id } = await client.create(sandbox, {})
    await sandbox.reject(id)
    expect(await client.status(sandbox, id)).toBe('pending')
    await sandbox.approve(id)
    expect(await client.status(sandbox, id)).toBe('confirmed')
  })

  test('registers a webhook with the intent, which receives a signed event', async () => {
    const sandbox = await aSandbox()
    const { url, received } = await aReceiver()
    const { id } = await client.create(sandbox, { webhook: { url } })
    await sandbox.approve(id)
    await sandbox.sandbox.deliverDue()
    const { publicKey } = (await sandbox.json('/key')) as { publicKey: string }
    expect(received).toHaveLength(1)
    expect(claimsOf(received[0]?.body ?? '', publicKey)).toMatchObject({
      intent: id,
      amount: 0.29,
      currency: 'USD',
      destination: DESTINATION,
      state: 'SUBMITTED',
    })
  })
})

test('version 1 throws where Code rejects, in Code’s words; version 2 doesn’t notice', async () => {
  const sandbox = await aSandbox()
  await expect(first.create(sandbox, { amount: 0.04 })).rejects.toThrow(
    'unexpected HTTP status: 400, {"error":"rpc error: code = InvalidArgument desc = usd currency has a minimum amount of 0.05","success":false}',
  )
  await expect(second.create(sandbox, { amount: 0.04 })).resolves.toMatchObject({ id: expect.any(String) })
})

test('both versions make the same intent of the same key, and may do so at once', async () => {
  const sandbox = await aSandbox()
  const key = { idempotencyKey: 'the same for both' }
  const [one, other] = await Promise.all([first.create(sandbox, key), second.create(sandbox, key)])
  expect(one).toEqual(other)
  expect(await sandbox.json('/wallet/requests')).toHaveLength(1)
  const { url } = await aReceiver()
  await first.create(sandbox, { ...key, webhook: { url } })
  expect(await webhook.register({ intent: one.id, url, endpoint: sandbox.endpoint } as never)).toMatchObject({
    message: 'already_registered',
  })
})

function claimsOf(token: string, publicKey: string): unknown {
  const [header, claims, signature] = token.split('.') as [string, string, string]
  const x = Buffer.from(bs58.decode(publicKey)).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const isGenuine = verify(null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
  if (!isGenuine) throw new Error('the signature is not that of the sandbox')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
