import { loginIntents, paymentIntents } from '@code-wallet/client'
import { LoginRequestIntent, PaymentRequestWithLoginIntent } from '@code-wallet/intents'
import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  Common,
  ExchangeDataWithoutRate,
  GetLoginForThirdPartyAppRequest,
  GetLoginForThirdPartyAppResponse,
  GetLoginForThirdPartyAppResponse_Result as LoginResult,
  RequestToLogin,
  RequestToReceiveBill,
} from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import { decodeJwt } from 'jose'
import {
  aLogin,
  aPayment,
  aReceiver,
  aSandbox,
  aSignedMessage,
  call,
  DESTINATION,
  send,
  type TestSandbox,
} from './a-sandbox.ts'

type Loginlike = RequestToLogin | RequestToReceiveBill

const addressOf = (keypair: Keypair) => keypair.getPublicKey().toBase58()
const account = (keypair: Keypair) => new Common.SolanaAccountId({ value: keypair.getPublicValue() })

/** Signs for the verifier what Code's intents sign: the message without the signature. */
function signed<M extends Loginlike>(message: M, verifier: Keypair): M {
  message.signature = new Common.Signature({ value: verifier.sign(message.toBinary() as never) })
  return message
}

/** A login request that is right, unless something is changed before or after the verifier signs it. */
function aLoginMessage({
  keypair = Keypair.generate(),
  verifier = Keypair.generate(),
  before = {},
  after = {},
}: {
  keypair?: Keypair
  verifier?: Keypair
  before?: object
  after?: object
} = {}) {
  const message = new RequestToLogin({
    domain: new Common.Domain({ value: 'example.com' }),
    verifier: account(verifier),
    rendezvousKey: { value: keypair.getPublicValue() },
    ...before,
  })
  const value = Object.assign(signed(message, verifier), after)
  return aSignedMessage({ case: 'requestToLogin', value }, keypair)
}

function aBillMessage({
  keypair = Keypair.generate(),
  verifier = Keypair.generate(),
  before = {},
  after = {},
}: {
  keypair?: Keypair
  verifier?: Keypair
  before?: object
  after?: object
} = {}) {
  const message = new RequestToReceiveBill({
    requestorAccount: { value: PublicKey.fromBase58(DESTINATION).toBuffer() },
    exchangeData: {
      case: 'partial',
      value: new ExchangeDataWithoutRate({ currency: 'usd', nativeAmount: 0.25 }),
    },
    domain: new Common.Domain({ value: 'example.com' }),
    verifier: account(verifier),
    rendezvousKey: { value: keypair.getPublicValue() },
    ...before,
  })
  const value = Object.assign(signed(message, verifier), after)
  return aSignedMessage({ case: 'requestToReceiveBill', value }, keypair)
}

const kinds = [
  ['login', aLoginMessage],
  ['payment with login', aBillMessage],
] as const

async function aLoginIntent({ endpoint }: TestSandbox, verifier = Keypair.generate()) {
  const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
  const userId = async (asker = verifier) =>
    (await loginIntents.getUserId({ intent: id, verifier: asker, endpoint } as never)).userId
  return { id, verifier, userId }
}

describe('a login', () => {
  test('is kept, is pending, and has no amount', async () => {
    const shop = await aSandbox()
    const { id, verifier } = await aLoginIntent(shop)
    expect((await shop.status(id)).status).toBe('pending')
    expect(await shop.json(`/wallet/requests/${id}`)).toEqual({
      intent: id,
      kind: 'login',
      state: 'pending',
      domain: 'example.com',
      verifier: addressOf(verifier),
      codeScanned: false,
      createdAt: '2026-01-01T00:00:00.000Z',
    })
  })

  test('tells the user to its verifier, once it was confirmed', async () => {
    const shop = await aSandbox()
    const { id, userId } = await aLoginIntent(shop)
    expect(await userId()).toBeUndefined()
    const { Ben } = await shop.users()
    expect((await shop.approve(id, Ben?.user)).status).toBe(200)
    expect(await userId()).toBe(Ben?.user)
    expect((await shop.status(id)).status).toBe('confirmed')
  })

  test('takes nothing from the balance', async () => {
    const shop = await aSandbox()
    const { id } = await aLoginIntent(shop)
    const { Dora } = await shop.users()
    expect((await shop.approve(id, Dora?.user)).status).toBe(200)
    expect((await shop.users()).Dora).toEqual(Dora)
  })

  test('that was rejected told nobody, and can be confirmed all the same', async () => {
    const shop = await aSandbox()
    const { id, userId } = await aLoginIntent(shop)
    await shop.reject(id)
    expect(await userId()).toBeUndefined()
    expect((await shop.approve(id)).status).toBe(200)
    expect(await userId()).toBe((await shop.users()).Ada?.user)
  })

  test('is told by a webhook that has the user and nothing else', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    const { id } = await aLoginIntent(shop)
    expect(await shop.register(id, url)).toBe('ok')
    await shop.approve(id)
    await shop.sandbox.deliverDue()
    expect(decodeJwt(received[0]?.body ?? '')).toEqual({ user: (await shop.users()).Ada?.user })
    expect(await shop.deliveries()).toMatchObject([{ kind: 'login', intent: id, state: 'delivered' }])
  })

  test('is accepted again with the very same details, and after a restart', async () => {
    const shop = await aSandbox()
    const intent = new LoginRequestIntent(aLogin(Keypair.generate()))
    const request = await intent.getSendMessageRequestProto()
    expect(await send(shop.endpoint, request)).toBe('OK')
    await shop.restart()
    expect(await send(shop.endpoint, request)).toBe('OK')
    expect(await shop.json('/wallet/requests')).toHaveLength(1)
  })
})

describe('a payment with login', () => {
  const create = async ({ endpoint }: TestSandbox, verifier = Keypair.generate(), changes: object = {}) => {
    const login = { domain: 'example.com', verifier: addressOf(verifier) }
    const options = aPayment({ endpoint, login, signers: [verifier], ...changes })
    return { verifier, id: (await paymentIntents.create(options)).id }
  }

  test('pays, and tells the user to the verifier', async () => {
    const shop = await aSandbox()
    const { id, verifier } = await create(shop)
    const { Ben } = await shop.users()
    expect((await shop.approve(id, Ben?.user)).status).toBe(200)
    const { userId } = await loginIntents.getUserId({
      intent: id,
      verifier,
      endpoint: shop.endpoint,
    } as never)
    expect(userId).toBe(Ben?.user)
    expect((await shop.users()).Ben?.kin).toBe((Ben?.kin ?? 0) - 27_996)
  })

  test('is told by a webhook with the user as the last field', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    const { id } = await create(shop)
    await shop.register(id, url)
    await shop.approve(id)
    await shop.sandbox.deliverDue()
    const claims = decodeJwt(received[0]?.body ?? '')
    expect(claims).toMatchObject({ intent: id, amount: 0.25, user: (await shop.users()).Ada?.user })
    expect(Object.keys(claims)).toEqual(Object.keys(claims).sort())
  })

  test('may have fees', async () => {
    const shop = await aSandbox()
    const fees = [{ destination: addressOf(Keypair.generate()), basisPoints: 100 }]
    const { id } = await create(shop, Keypair.generate(), { fees })
    expect(await shop.json(`/wallet/requests/${id}`)).toMatchObject({ kind: 'payment with login', fees })
  })

  test('is needed to be told the user: a payment alone tells nobody', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    expect(await shop.json(`/wallet/requests/${intent}`)).toMatchObject({ kind: 'payment' })
    const request = new GetLoginForThirdPartyAppRequest({
      intentId: { value: PublicKey.fromBase58(intent).toBuffer() },
    })
    expect((await askLogin(shop, request)).result).toBe(LoginResult.LOGIN_NOT_SUPPORTED)
  })
})

describe.each(kinds)('a %s is refused', (_kind, build) => {
  const domain = (value: string) => new Common.Domain({ value })
  const key = (keypair: Keypair) => ({ value: keypair.getPublicValue() })

  test.each([
    ['for localhost', { before: { domain: domain('localhost') } }, 'domain is invalid: it is localhost'],
    ['for a port', { before: { domain: domain('example.com:80') } }, 'domain is invalid: it has a port'],
    [
      'for a subdomain',
      { before: { domain: domain('shop.example.com') } },
      'domain is invalid: it is a subdomain',
    ],
    ['for no domain', { before: { domain: undefined } }, 'verifier cannot be set when domain not provided'],
    [
      'without a signature',
      { after: { signature: undefined } },
      'signature must be set for domain verification',
    ],
    [
      'without a rendezvous key',
      { before: { rendezvousKey: undefined } },
      'rendezvous key must be set for domain verification',
    ],
    [
      'with a short rendezvous key',
      { before: { rendezvousKey: { value: new Uint8Array(5) } } },
      'rendezvous key must have 32 bytes',
    ],
    [
      "with another intent's rendezvous key",
      { before: { rendezvousKey: key(Keypair.generate()) } },
      'rendezvous key mismatch',
    ],
    [
      'with a signature of nobody',
      { after: { signature: new Common.Signature({ value: new Uint8Array(64) }) } },
      "signature is not the verifier's",
    ],
    [
      'with a signature of another key',
      { after: { verifier: account(Keypair.generate()) } },
      "signature is not the verifier's",
    ],
    [
      'when its domain was changed after it was signed',
      { after: { domain: domain('example.org') } },
      "signature is not the verifier's",
    ],
    [
      'with a short verifier',
      { after: { verifier: new Common.SolanaAccountId({ value: new Uint8Array(31) }) } },
      'verifier must have 32 bytes',
    ],
  ])('%s', async (_case, spoiled, reason) => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    expect(await send(endpoint, build({ keypair, ...spoiled }))).toBe(reason)
    expect(await send(endpoint, build({ keypair }))).toBe('OK')
  })

  test('with another domain the second time', async () => {
    const { endpoint } = await aSandbox()
    const [keypair, verifier] = [Keypair.generate(), Keypair.generate()]
    expect(await send(endpoint, build({ keypair, verifier }))).toBe('OK')
    const other = build({ keypair, verifier, before: { domain: domain('example.org') } })
    expect(await send(endpoint, other)).toBe('domain mismatches original request')
  })

  test('with another verifier the second time', async () => {
    const { endpoint } = await aSandbox()
    const [keypair, other] = [Keypair.generate(), Keypair.generate()]
    expect(await send(endpoint, build({ keypair }))).toBe('OK')
    expect(await send(endpoint, build({ keypair, verifier: other }))).toBe(
      `${addressOf(other)} does not own domain example.com`,
    )
  })

  test('after it was confirmed', async () => {
    const { endpoint, approve } = await aSandbox()
    const keypair = Keypair.generate()
    await send(endpoint, build({ keypair }))
    await approve(addressOf(keypair))
    expect(await send(endpoint, build({ keypair, before: { domain: domain('localhost') } }))).toBe(
      'client submitted intent',
    )
  })
})

describe('the same id again is refused', () => {
  const unverified = { verifier: undefined, rendezvousKey: undefined }

  test('without the login that was asked for', async () => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    expect(await send(endpoint, aBillMessage({ keypair }))).toBe('OK')
    const plain = aBillMessage({ keypair, before: unverified, after: { signature: undefined } })
    expect(await send(endpoint, plain)).toBe('original request is verified')
  })

  test('with a login that was not asked for', async () => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    const plain = aBillMessage({ keypair, before: unverified, after: { signature: undefined } })
    expect(await send(endpoint, plain)).toBe('OK')
    expect(await send(endpoint, aBillMessage({ keypair }))).toBe("original request isn't verified")
  })

  test('as a payment, when it was a login', async () => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    expect(await send(endpoint, aLoginMessage({ keypair }))).toBe('OK')
    expect(await send(endpoint, aBillMessage({ keypair }))).toBe("original request doesn't require payment")
  })

  test('as a login, when it was a payment', async () => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    expect(await send(endpoint, aBillMessage({ keypair }))).toBe('OK')
    expect(await send(endpoint, aLoginMessage({ keypair }))).toBe('original request requires payment')
  })

  test('or accepted, as the SDK makes it', async () => {
    const { endpoint } = await aSandbox()
    const verifier = Keypair.generate()
    const login = { domain: 'example.com', verifier: addressOf(verifier) }
    const intent = new PaymentRequestWithLoginIntent(aPayment({ login, signers: [verifier] }))
    const request = await intent.getSendMessageRequestProto()
    expect(await send(endpoint, request)).toBe('OK')
    expect(await send(endpoint, request)).toBe('OK')
  })
})

describe('asking who logged in', () => {
  test('is answered to the verifier only', async () => {
    const shop = await aSandbox()
    const { id, userId } = await aLoginIntent(shop)
    await shop.approve(id)
    const stranger = Keypair.generate()
    expect(await userId(stranger)).toBeUndefined()
    const request = new GetLoginForThirdPartyAppRequest({ intentId: intentId(id) })
    expect((await ask(shop, request, stranger)).message).toBe(
      `${addressOf(stranger)} does not own the domain for the login`,
    )
  })

  test('has a result for what is unknown and for what is not confirmed', async () => {
    const shop = await aSandbox()
    const { id, verifier } = await aLoginIntent(shop)
    const unknown = new GetLoginForThirdPartyAppRequest({ intentId: intentId(addressOf(verifier)) })
    expect((await askLogin(shop, unknown)).result).toBe(LoginResult.REQUEST_NOT_FOUND)
    const open = new GetLoginForThirdPartyAppRequest({ intentId: intentId(id) })
    expect((await askLogin(shop, open, verifier)).result).toBe(LoginResult.NO_USER_LOGGED_IN)
  })

  test.each([
    ['without an intent', { intentId: undefined }, 'intent id must have 32 bytes'],
    ['without a verifier', { verifier: undefined }, 'verifier must have 32 bytes'],
    ['without a signature', { signature: undefined }, "signature is not the verifier's"],
    [
      'when it was changed after it was signed',
      { intentId: new Common.IntentId({ value: new Uint8Array(32) }) },
      "signature is not the verifier's",
    ],
  ])('is refused %s', async (_case, changes, reason) => {
    const shop = await aSandbox()
    const { id } = await aLoginIntent(shop)
    const request = new GetLoginForThirdPartyAppRequest({ intentId: intentId(id) })
    expect((await ask(shop, request, Keypair.generate(), changes)).message).toBe(reason)
  })
})

const intentId = (intent: string) => new Common.IntentId({ value: PublicKey.fromBase58(intent).toBuffer() })

function ask(
  { endpoint }: TestSandbox,
  request: GetLoginForThirdPartyAppRequest,
  verifier: Keypair,
  changes: object = {},
): Promise<Common.Response> {
  request.verifier = account(verifier)
  request.signature = new Common.Signature({ value: verifier.sign(request.toBinary() as never) })
  return call(endpoint, 'Identity.getLoginForThirdPartyApp', Object.assign(request, changes))
}

async function askLogin(
  shop: TestSandbox,
  request: GetLoginForThirdPartyAppRequest,
  verifier = Keypair.generate(),
): Promise<GetLoginForThirdPartyAppResponse> {
  return GetLoginForThirdPartyAppResponse.fromBinary((await ask(shop, request, verifier)).body)
}
