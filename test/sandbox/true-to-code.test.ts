import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { Client, loginIntents, paymentIntents, webhook } from '@code-wallet/client'
import {
  LoginRequestIntent,
  PaymentRequestIntent,
  PaymentRequestWithLoginIntent,
  TipRequestIntent,
} from '@code-wallet/intents'
import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  AdditionalFeePayment,
  Common,
  ExchangeData,
  ExchangeDataWithoutRate,
  GetStatusRequest,
  Messaging,
  MicroPayment,
  OpenMessageStreamRequest,
  type OpenMessageStreamResponse,
  RequestToReceiveBill,
  RpcStream,
  SendMessageRequest,
} from '@code-wallet/rpc'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { testUnless } from '../support/skipping.ts'
import { aLogin, aPayment, aReceiver, aSandbox, aSignedBill, DESTINATION, later, send } from './a-sandbox.ts'

// Everything here goes through Code's own SDK, so that the same questions can be put to Code itself, or to any other
// sequencer: docs/sandbox.md. Only where a refusal's words matter, `send` posts what the SDK has made: its client
// throws the envelope with the words away. They are looked for inside the answer, since what stands around them may
// differ. Without an endpoint each test has a sandbox of its own.
const given = process.env.CODE_SUITE_ENDPOINT

// What needs somebody to approve it in the wallet, or a domain that publishes a verifier's key: nobody can do that for
// Code's answer within a test.
const sandboxOnly = testUnless(given && 'not in the sandbox')

const URL = 'http://127.0.0.1:1/webhook' // never called, since nothing is paid
const VERIFIER = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'

const anEndpoint = async () => given ?? (await aSandbox()).endpoint
const aStranger = () => Keypair.generate().getPublicKey().toBase58()
const create = (endpoint: string, changes: object = {}) =>
  paymentIntents.create(aPayment({ endpoint, ...changes }))
const statusOf = (endpoint: string, intent: string) => paymentIntents.getStatus({ intent, endpoint })
const register = async (endpoint: string, intent: string, url = URL) =>
  (await webhook.register({ mode: 'payment', intent, url, endpoint } as never)).message

const FRIEND = aStranger()
const OTHER = aStranger()
const account = (address: string) =>
  new Common.SolanaAccountId({ value: PublicKey.fromBase58(address).toBuffer() })
const usd = (nativeAmount = 0.25, currency = 'usd') =>
  ({ case: 'partial', value: new ExchangeDataWithoutRate({ currency, nativeAmount }) }) as const
const fee = (destination: string, feeBps: number) =>
  new AdditionalFeePayment({ destination: account(destination), feeBps })

/** A rightly signed message such as the SDK's intents make, but for what they would never say. */
function aBill(changes: object = {}, keypair = Keypair.generate()): SendMessageRequest {
  const bill = { requestorAccount: account(DESTINATION), exchangeData: usd(), ...changes }
  return aSignedBill(new RequestToReceiveBill(bill), keypair)
}

const requestFor = (changes: object) =>
  new PaymentRequestIntent(aPayment(changes)).getSendMessageRequestProto()

describe('a payment', () => {
  test('is there once it was created, pending and not scanned', async () => {
    const endpoint = await anEndpoint()
    const { id, clientSecret } = await create(endpoint)
    expect(new PaymentRequestIntent(aPayment({ clientSecret })).getIntentId()).toBe(id)
    expect(await statusOf(endpoint, id)).toEqual({
      status: 'pending',
      exists: true,
      codeScanned: false,
      intentSubmitted: false,
    })
  })

  test('may be created again with the very same details', async () => {
    const endpoint = await anEndpoint()
    const { id, clientSecret } = await create(endpoint)
    expect((await create(endpoint, { clientSecret })).id).toBe(id)
    expect(await send(endpoint, await requestFor({ clientSecret }))).toBe('OK')
  })

  test('has the same id for the same idempotency key, amount and currency, and another one for others', async () => {
    const endpoint = await anEndpoint()
    const idempotencyKey = aStranger()
    const { id, clientSecret } = await create(endpoint, { idempotencyKey })
    expect(await create(endpoint, { idempotencyKey })).toEqual({ id, clientSecret })
    expect((await create(endpoint, { idempotencyKey, amount: 0.26 })).id).not.toBe(id)
    expect((await create(endpoint, { idempotencyKey, currency: 'eur' })).id).not.toBe(id)
    expect((await statusOf(endpoint, id)).exists).toBe(true)
  })

  test('may be asked for at an endpoint that ends in a slash', async () => {
    const endpoint = `${await anEndpoint()}/`
    expect((await statusOf(endpoint, (await create(endpoint)).id)).exists).toBe(true)
  })

  test.each([
    ['of five cents', { amount: 0.05 }],
    ['of an amount that floating point has not quite', { amount: 0.29 }],
    ['of yen', { currency: 'jpy', amount: 500 }],
    ['of kin', { currency: 'kin', amount: 5_000 }],
    ['in a currency spelled in capitals', { currency: 'EUR' }],
    ['with no fee taker in a list', { fees: [] }],
    ['with fees', { fees: [{ destination: VERIFIER, basisPoints: 100 }] }],
  ])('%s is taken', async (_case, changes) => {
    const endpoint = await anEndpoint()
    expect((await statusOf(endpoint, (await create(endpoint, changes)).id)).exists).toBe(true)
  })

  sandboxOnly('is confirmed once the wallet approved it, and refused from then on', async () => {
    const { endpoint, approve } = await aSandbox()
    const { id, clientSecret } = await create(endpoint)
    await approve(id)
    expect(await statusOf(endpoint, id)).toEqual({
      status: 'confirmed',
      exists: true,
      codeScanned: true,
      intentSubmitted: true,
    })
    expect(await send(endpoint, await requestFor({ clientSecret }))).toContain('client submitted intent')
  })
})

describe('a status', () => {
  test('of an intent that nobody asked for is pending, too, but not there', async () => {
    expect(await statusOf(await anEndpoint(), aStranger())).toEqual({
      status: 'pending',
      exists: false,
      codeScanned: false,
      intentSubmitted: false,
    })
  })

  test('that was refused looks like one of an unknown intent', async () => {
    const client = new Client(await anEndpoint())
    const answer = await client.send(MicroPayment, 'getStatus', new GetStatusRequest() as never)
    expect(answer).toMatchObject({ exists: false, intentSubmitted: false })
  })
})

describe('the SDK takes a refused payment for created, and the status says otherwise', () => {
  test.each([
    ['below the minimum', { amount: 0.04 }],
    ['above the maximum', { amount: 250.01 }],
    ['to what takes no deposits', { destination: '11111111111111111111111111111111' }],
    ['in a currency without limits', { currency: 'ssp' }],
  ])('%s', async (_case, changes) => {
    const endpoint = await anEndpoint()
    const { id } = await create(endpoint, changes)
    expect((await statusOf(endpoint, id)).exists).toBe(false)
    expect(await register(endpoint, id)).toBe('request_not_found')
  })

  test('but not for another destination: the first one stays, under the same id', async () => {
    const endpoint = await anEndpoint()
    const { id, clientSecret } = await create(endpoint)
    const other = { clientSecret, destination: OTHER }
    expect((await create(endpoint, other)).id).toBe(id)
    expect((await statusOf(endpoint, id)).exists).toBe(true)
    expect(await send(endpoint, await requestFor(other))).toContain('destination mismatches original request')
  })
})

describe('a new payment is refused in Code’s words', () => {
  test.each([
    [
      'to what takes no deposits',
      { destination: '11111111111111111111111111111111' },
      /code account 1{32} is not a deposit account/,
    ],
    ['in a currency without limits', { currency: 'ssp' }, /ssp currency is not currently supported/],
    // The maximum is a setting of Code's, and was once five dollars.
    ['above the maximum', { amount: 250.01 }, /usd currency has a maximum amount of \d+\.\d\d/],
    ['below the minimum', { amount: 0.04 }, /usd currency has a minimum amount of 0\.05/],
    [
      'with a fee for the destination',
      { fees: [{ destination: DESTINATION, basisPoints: 1 }] },
      /fee taker at index 0 is the payment destination and should be omitted/,
    ],
    [
      'with a fee taker twice',
      { fees: [FRIEND, FRIEND].map((destination) => ({ destination, basisPoints: 1 })) },
      /fee taker at index 1 appears multiple times and should be merged/,
    ],
    // So much that it breaks the limit of the documentation and the higher one that Code's server was seen to have.
    [
      'with too high fees',
      { fees: [FRIEND, OTHER].map((destination) => ({ destination, basisPoints: 3_000 })) },
      /total fee percentage cannot exceed \d+ basis points/,
    ],
  ])('%s', async (_case, changes, reason) => {
    expect(await send(await anEndpoint(), await requestFor(changes))).toMatch(reason)
  })

  const domain = new Common.Domain({ value: 'example.com' })
  const signature = new Common.Signature({ value: new Uint8Array(64) })
  test.each([
    ['without exchange data', { exchangeData: { case: undefined } }, 'exchange data is nil'],
    [
      'with a rate of its own',
      {
        exchangeData: {
          case: 'exact',
          value: new ExchangeData({ currency: 'usd', nativeAmount: 1, exchangeRate: 1, quarks: 1n }),
        },
      },
      'exact exchange data is reserved for kin only',
    ],
    [
      'in kin without quarks',
      { exchangeData: usd(1, 'kin') },
      'partial exchange data is reserved for fiat currencies',
    ],
    ['for localhost', { domain: new Common.Domain({ value: 'localhost' }) }, 'domain is invalid'],
    ['with a signature but no verifier', { signature }, 'signature can only be set when verifying domain'],
    [
      'with a verifier but no domain',
      { verifier: account(FRIEND) },
      'verifier cannot be set when domain not provided',
    ],
    [
      'with an unsigned verifier',
      { domain, verifier: account(FRIEND) },
      'signature must be set for domain verification',
    ],
    [
      'with a verifier but no rendezvous key',
      { domain, verifier: account(FRIEND), signature },
      'rendezvous key must be set for domain verification',
    ],
    [
      'with another intent’s rendezvous key',
      { domain, verifier: account(FRIEND), signature, rendezvousKey: account(OTHER) },
      'rendezvous key mismatch',
    ],
  ])('%s', async (_case, changes, reason) => {
    expect(await send(await anEndpoint(), aBill(changes))).toContain(reason)
  })

  test('signed by another key than the intent’s', async () => {
    const endpoint = await anEndpoint()
    const { message, rendezvousKey } = await requestFor({})
    const { signature } = aBill()
    const forged = { message, rendezvousKey, signature } as ConstructorParameters<
      typeof SendMessageRequest
    >[0]
    expect(await send(endpoint, new SendMessageRequest(forged))).not.toBe('OK')
  })
})

describe('the same id again is refused in Code’s words', () => {
  const fees = [fee(FRIEND, 100), fee(OTHER, 200)]
  test.each([
    ['to another destination', { requestorAccount: account(OTHER) }, 'destination mismatches'],
    ['in another currency', { exchangeData: usd(0.25, 'eur') }, 'exchange currency mismatches'],
    ['with another amount', { exchangeData: usd(0.26) }, 'native amount mismatches'],
    ['with a domain', { domain: new Common.Domain({ value: 'example.com' }) }, 'domain mismatches'],
    ['with a verifier', { verifier: account(OTHER) }, "original request isn't verified"],
    ['with fewer fees', { additionalFees: fees.slice(1) }, 'original request configured 2 fee takers'],
    [
      'with another fee taker',
      { additionalFees: [fee(FRIEND, 100), fee(VERIFIER, 200)] },
      'destination for fee at index 1 mismatches original request',
    ],
    [
      'with another fee',
      { additionalFees: [fee(FRIEND, 101), fee(OTHER, 200)] },
      'basis points for fee at index 0 mismatches original request',
    ],
  ])('%s', async (_case, changes, reason) => {
    const endpoint = await anEndpoint()
    const keypair = Keypair.generate()
    expect(await send(endpoint, aBill({ additionalFees: fees }, keypair))).toBe('OK')
    expect(await send(endpoint, aBill({ additionalFees: fees, ...changes }, keypair))).toContain(reason)
    expect(await send(endpoint, aBill({ additionalFees: fees }, keypair))).toBe('OK')
  })

  const kin = (changes: object = {}) => {
    const money = { currency: 'kin', nativeAmount: 5_000, exchangeRate: 1, quarks: 500_000_000n, ...changes }
    return { exchangeData: { case: 'exact', value: new ExchangeData(money) } }
  }
  test.each([
    ['in kin at another rate', { exchangeRate: 2 }, 'exchange rate mismatches original request'],
    ['in kin with other quarks', { quarks: 100_000n }, 'quarks mismatches original request'],
  ])('%s', async (_case, changes, reason) => {
    const endpoint = await anEndpoint()
    const keypair = Keypair.generate()
    expect(await send(endpoint, aBill(kin(), keypair))).toBe('OK')
    expect(await send(endpoint, aBill(kin(changes), keypair))).toContain(reason)
  })

  // The next two begin with a login, which at Code needs a domain that publishes the verifier's key.
  sandboxOnly('as a payment without the login it had', async () => {
    const { endpoint } = await aSandbox()
    const verifier = Keypair.generate()
    const { login, signers } = aLogin(verifier)
    const { id, clientSecret } = await create(endpoint, { login, signers })
    expect((await statusOf(endpoint, id)).exists).toBe(true)
    const bill = await new PaymentRequestWithLoginIntent(
      aPayment({ login, signers, clientSecret }),
    ).getSendMessageRequestProto()
    expect(await send(endpoint, bill)).toBe('OK')
    const keypair = new PaymentRequestIntent(aPayment({ clientSecret })).rendezvousKeypair
    expect(
      await send(endpoint, aBill({ domain: new Common.Domain({ value: 'example.com' }) }, keypair)),
    ).toContain('original request is verified')
  })

  sandboxOnly('as a payment where it was a login', async () => {
    const { endpoint } = await aSandbox()
    const intent = new LoginRequestIntent(aLogin(Keypair.generate()))
    expect(await send(endpoint, await intent.getSendMessageRequestProto())).toBe('OK')
    expect(await send(endpoint, aBill({}, intent.rendezvousKeypair))).toContain(
      "original request doesn't require payment",
    )
  })
})

describe('registering a webhook', () => {
  test('says ok once, and already_registered from then on', async () => {
    const endpoint = await anEndpoint()
    const { id } = await create(endpoint)
    expect(await register(endpoint, id)).toBe('ok')
    expect(await register(endpoint, id)).toBe('already_registered')
    expect(await register(endpoint, id, 'http://127.0.0.1:2/other')).toBe('already_registered')
  })

  test('says request_not_found for an intent that nobody asked for', async () => {
    expect(await register(await anEndpoint(), aStranger())).toBe('request_not_found')
  })

  test.each(['webhook', 'ftp://127.0.0.1/', 'http://Localhost/webhook', 'http://my_shop.localhost/webhook'])(
    'says invalid_url for %s, before it looks for the intent',
    async (url) => {
      const endpoint = await anEndpoint()
      expect(await register(endpoint, (await create(endpoint)).id, url)).toBe('invalid_url')
      expect(await register(endpoint, aStranger(), url)).toBe('invalid_url')
    },
  )

  sandboxOnly('says intent_exists once it is paid, with or without a webhook', async () => {
    const { endpoint, approve } = await aSandbox()
    const [{ id: one }, { id: other }] = [await create(endpoint), await create(endpoint)]
    await register(endpoint, one)
    await Promise.all([approve(one), approve(other)])
    expect(await register(endpoint, one)).toBe('intent_exists')
    expect(await register(endpoint, other)).toBe('intent_exists')
  })

  test('works while creating, and makes the second creation with the same key throw', async () => {
    const endpoint = await anEndpoint()
    const options = { idempotencyKey: aStranger(), webhook: { url: URL } }
    const { id } = await create(endpoint, options)
    expect(await register(endpoint, id)).toBe('already_registered')
    await expect(create(endpoint, options)).rejects.toThrow('Unable to register webhook: already_registered')
  })

  test('while creating throws for a URL that is none', async () => {
    const created = create(await anEndpoint(), { webhook: { url: 'ftp://127.0.0.1/' } })
    await expect(created).rejects.toThrow('Unable to register webhook: invalid_url')
  })
})

describe('the SDK throws', () => {
  const nobody = 'http://127.0.0.1:2/v1' // nobody listens there, so whatever asks gets a network error

  test('where the answer is no success of HTTP', async () => {
    const lost = `${await anEndpoint()}/nowhere`
    await expect(create(lost)).rejects.toThrow(/status code [45]\d\d/)
    await expect(statusOf(lost, aStranger())).rejects.toThrow(/status code [45]\d\d/)
    await expect(register(lost, aStranger())).rejects.toThrow(/status code [45]\d\d/)
  })

  test('where nobody answers', async () => {
    await expect(create(nobody)).rejects.toThrow('Network error')
    await expect(register(nobody, aStranger())).rejects.toThrow('Network error')
  })

  test('before it asks, for an intent that is no key', async () => {
    await expect(statusOf(nobody, 'x')).rejects.toThrow('invalid address')
    await expect(register(nobody, 'x')).rejects.toThrow('invalid address')
  })

  test('before it asks, for a nonce from two sources', async () => {
    const both = { idempotencyKey: aStranger(), clientSecret: 'FVk6iLh9oT6QH8' }
    await expect(create(nobody, both)).rejects.toThrow('cannot derive nonce from both')
  })

  test.each([
    ['usdc', 'invalid currency'],
    ['zwl', 'invalid currency'],
  ])('before it asks, for the currency %s', async (currency, reason) => {
    await expect(create(nobody, { currency })).rejects.toThrow(reason)
  })

  test.each([
    ['localhost', 'login localhost is not supported'],
    ['127.0.0.1', 'login IP addresses are not supported'],
    ['example.com:80', 'login expected domain name but received a path'],
    ['example.com/shop', 'login expected domain name but received a path'],
    ['shop.example.com', 'login subdomains are not supported'],
    ['example.co.uk', 'login subdomains are not supported'],
  ])('before it asks, for a login to %s', async (domain, reason) => {
    const verifier = Keypair.generate()
    const login = { domain, verifier: verifier.getPublicKey().toBase58() }
    const options = aLogin(verifier, { login, endpoint: nobody })
    await expect(loginIntents.create(options)).rejects.toThrow(reason)
  })

  test('before it asks, for a login that the verifier does not sign', async () => {
    const options = aLogin(Keypair.generate(), { signers: [], endpoint: nobody })
    await expect(loginIntents.create(options)).rejects.toThrow('login verifier is required')
  })
})

describe('a login', () => {
  const userOf = async (endpoint: string, intent: string, verifier = Keypair.generate()) =>
    (await loginIntents.getUserId({ intent, verifier, endpoint } as never)).userId

  test('that nobody asked for has no user', async () => {
    expect(await userOf(await anEndpoint(), aStranger())).toBeUndefined()
  })

  test('that was a mere payment has no user', async () => {
    const endpoint = await anEndpoint()
    expect(await userOf(endpoint, (await create(endpoint)).id)).toBeUndefined()
  })

  // Code asks the domain for the verifier's key.
  sandboxOnly('tells its verifier who it was, once the wallet confirmed it, and nobody else', async () => {
    const { endpoint, approve, users } = await aSandbox()
    const verifier = Keypair.generate()
    const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
    expect((await loginIntents.getStatus({ intent: id, endpoint } as never)).status).toBe('pending')
    expect(await userOf(endpoint, id, verifier)).toBeUndefined()
    const { Ben } = await users()
    await approve(id, Ben?.user)
    expect((await loginIntents.getStatus({ intent: id, endpoint } as never)).status).toBe('confirmed')
    expect(await userOf(endpoint, id, verifier)).toBe(Ben?.user)
    expect(await userOf(endpoint, id)).toBeUndefined()
  })

  sandboxOnly('comes with a payment, too', async () => {
    const { endpoint, approve, users } = await aSandbox()
    const verifier = Keypair.generate()
    const { login, signers } = aLogin(verifier)
    const { id } = await create(endpoint, { login, signers })
    await approve(id)
    expect(await userOf(endpoint, id, verifier)).toBe((await users()).Ada?.user)
    expect((await statusOf(endpoint, id)).status).toBe('confirmed')
  })
})

describe('over a WebSocket', () => {
  // Node 20 has none of its own, and the SDK asks for the global one.
  beforeAll(() => {
    globalThis.WebSocket = WebSocket as never
  })

  const wsUrl = (endpoint: string) => endpoint.replace(/^http/, 'ws')
  const keyOf = (intent: string) => ({ value: PublicKey.fromBase58(intent).toBuffer() })

  /** Listens as Code's frames do, without a signature; gives the next message's name, or why there is none. */
  async function aStream(endpoint: string, intent: string) {
    const stream = await RpcStream.create(Messaging, 'openMessageStream', wsUrl(endpoint))
    later(() => stream.close())
    stream.write(new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent) }))
    const answers = stream.read()[Symbol.asyncIterator]()
    return async (): Promise<string> => {
      const [response, error] = (await answers.next()).value as [OpenMessageStreamResponse, Error | undefined]
      return error?.message ?? response.messages.map(({ kind }) => kind.case).join()
    }
  }

  test('a status is answered as over HTTP', async () => {
    const endpoint = await anEndpoint()
    const { id } = await create(endpoint)
    const getStatus = await RpcStream.createUnaryMethod(MicroPayment, 'getStatus', wsUrl(endpoint))
    const status = await getStatus(new GetStatusRequest({ intentId: keyOf(id) }) as never)
    expect(status).toMatchObject({ exists: true, codeScanned: false, intentSubmitted: false })
  })

  test('a payment is created as over HTTP', async () => {
    const endpoint = await anEndpoint()
    const intent = new PaymentRequestIntent(aPayment())
    const sendMessage = await RpcStream.createUnaryMethod(Messaging, 'sendMessage', wsUrl(endpoint))
    await sendMessage((await intent.getSendMessageRequestProto()) as never)
    expect((await statusOf(endpoint, intent.getIntentId())).exists).toBe(true)
  })

  test('a refusal is an error with Code’s words', async () => {
    const sendMessage = await RpcStream.createUnaryMethod(Messaging, 'sendMessage', wsUrl(await anEndpoint()))
    await expect(sendMessage((await requestFor({ amount: 0.04 })) as never)).rejects.toThrow(
      'usd currency has a minimum amount of 0.05',
    )
  })

  test('there is one stream for an intent, and no second one', async () => {
    const endpoint = await anEndpoint()
    const { id } = await create(endpoint)
    await aStream(endpoint, id)
    expect(await (await aStream(endpoint, id))()).toContain('stream already exists')
  })

  sandboxOnly('a stream tells what the wallet does, and of the webhook', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver()
    const { id } = await create(shop.endpoint)
    await register(shop.endpoint, id, url)
    const next = await aStream(shop.endpoint, id)
    await fetch(`${shop.origin}/pay/${id}`)
    expect(await next()).toBe('codeScanned')
    await shop.reject(id)
    expect(await next()).toBe('clientRejectedPayment')
    await shop.approve(id)
    expect(await next()).toBe('intentSubmitted')
    await shop.sandbox.deliverDue()
    expect(await next()).toBe('webhookCalled')
  })
})

describe('an intent’s id', () => {
  const clientSecret = 'FVk6iLh9oT6QH8' // the bytes 1 to 11
  const login = { domain: 'example.com', verifier: VERIFIER }
  const aPaymentIntent = (changes: object) => new PaymentRequestIntent(aPayment({ clientSecret, ...changes }))

  // Payloads as bytes: kind, currency, hundredths in seven bytes from the lowest, nonce.
  const vectors: [string, { getIntentId(): string }, string, string][] = [
    [
      'of 0.25 dollars',
      aPaymentIntent({}),
      '02 8c 19000000000000 0102030405060708090a0b',
      '3p8gPqMCGbF9qeVbMZbw616EjxM7ep7VgsYeQPhQbFn3',
    ],
    [
      'of 0.14 dollars, which times 100 are 14.000000000000002',
      aPaymentIntent({ amount: 0.14 }),
      '02 8c 0e000000000000 0102030405060708090a0b',
      'AUEAk1aWvkGc2h4GR9fjYT14aL5iuSUhAkGcakCdy824',
    ],
    [
      'of 0.29 dollars, which times 100 are 28.999999999999996',
      aPaymentIntent({ amount: 0.29 }),
      '02 8c 1d000000000000 0102030405060708090a0b',
      '63PxCPKnWfHK2ELNKCWqYXVVecdW6DahZEjh82uoXjr1',
    ],
    [
      'of 250 dollars',
      aPaymentIntent({ amount: 250 }),
      '02 8c a8610000000000 0102030405060708090a0b',
      'Gvvrqvzt8LCKJtfxvzcvFSErjw7yPY5sE6neyuCotom3',
    ],
    [
      'of 1234.50 yen',
      aPaymentIntent({ amount: 1234.5, currency: 'jpy' }),
      '02 43 3ae20100000000 0102030405060708090a0b',
      'HgimguQ4mYPr2VJCmhKk36hvrbtD19fu2YNMKRwGHKD3',
    ],
    [
      'with an empty list of fees',
      aPaymentIntent({ fees: [] }),
      '04 8c 19000000000000 0102030405060708090a0b',
      'HuMmAtqEe95Y3tGFopvHn9MjmnxDaWayk6ivWgHEK2rE',
    ],
    [
      'with fees, whoever takes them',
      aPaymentIntent({ fees: [{ destination: VERIFIER, basisPoints: 100 }] }),
      '04 8c 19000000000000 0102030405060708090a0b',
      'HuMmAtqEe95Y3tGFopvHn9MjmnxDaWayk6ivWgHEK2rE',
    ],
    [
      'to another destination, which makes no difference',
      aPaymentIntent({ destination: VERIFIER }),
      '02 8c 19000000000000 0102030405060708090a0b',
      '3p8gPqMCGbF9qeVbMZbw616EjxM7ep7VgsYeQPhQbFn3',
    ],
    [
      'with a login, which makes no difference',
      new PaymentRequestWithLoginIntent(aPayment({ clientSecret, login })),
      '02 8c 19000000000000 0102030405060708090a0b',
      '3p8gPqMCGbF9qeVbMZbw616EjxM7ep7VgsYeQPhQbFn3',
    ],
    [
      'with an idempotency key, whose SHA-256 begins with the nonce',
      aPaymentIntent({ clientSecret: undefined, idempotencyKey: 'nickel-order-0001' }),
      '02 8c 19000000000000 f17643bcab7db90ca095cd',
      '4nHRwXZNYKvinKWuRexh5Hqrz9nJiQ1CiEs7Bi4cYdXY',
    ],
    [
      'of a login, which has no amount',
      new LoginRequestIntent({ mode: 'login', login, clientSecret } as never),
      '03 00 00000000000000 0102030405060708090a0b',
      'YQLDAMTA9i47QXTSCR1i9ri4AEWvPDQPtWDdYP65Hxc',
    ],
    [
      'of a tip, which has no nonce but a name, filled up with its hash',
      new TipRequestIntent({ mode: 'tip', platform: { name: 'x', username: 'getcode' } } as never),
      '05 00000000 676574636f6465 2e 3456712f722b58',
      '6ayEKjPZgz9XCp5DyLK1LfwzrUvdGn29nKuiJMP4vXpL',
    ],
  ]

  test.each(vectors)('%s', (_case, intent, payload, id) => {
    expect(intent.getIntentId()).toBe(id)
    expect(publicKeyOf(Buffer.from(payload.replaceAll(' ', ''), 'hex'))).toBe(id)
  })

  /** The Ed25519 key seeded with the payload's SHA-256, without the SDK. */
  function publicKeyOf(payload: Buffer): string {
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex') // RFC 8410, PKCS #8 of a seed
    const seed = createHash('sha256').update(payload).digest()
    const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' })
    const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
    return new PublicKey(Buffer.from(x, 'base64url')).toBase58()
  }
})
