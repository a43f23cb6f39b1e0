import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  AdditionalFeePayment,
  CodeScanned,
  Common,
  ExchangeData,
  ExchangeDataWithoutRate,
  type Message,
  RequestToReceiveBill,
  SendMessageRequest,
} from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import {
  aRequest,
  aSandbox,
  aSignedBill,
  aSignedMessage,
  call,
  DESTINATION,
  send,
  sign,
} from './a-sandbox.ts'

const FRIEND = Keypair.generate().getPublicKey().toBase58()
const OTHER = Keypair.generate().getPublicKey().toBase58()
const account = (address: string) =>
  new Common.SolanaAccountId({ value: PublicKey.fromBase58(address).toBuffer() })
const usd = (nativeAmount = 0.25, currency = 'usd') =>
  ({ case: 'partial', value: new ExchangeDataWithoutRate({ currency, nativeAmount }) }) as const
const aBill = (changes: object = {}) =>
  new RequestToReceiveBill({ requestorAccount: account(DESTINATION), exchangeData: usd(), ...changes })
const fee = (destination: string, feeBps: number) =>
  new AdditionalFeePayment({ destination: account(destination), feeBps })

describe('a payment request', () => {
  test('is kept, and is pending', async () => {
    const { create, status } = await aSandbox()
    const intent = await create()
    expect(await status(intent)).toEqual({
      status: 'pending',
      exists: true,
      codeScanned: false,
      intentSubmitted: false,
    })
  })

  test('is accepted again with the very same details', async () => {
    const { endpoint } = await aSandbox()
    const request = await aRequest()
    expect(await send(endpoint, request)).toBe('OK')
    expect(await send(endpoint, request)).toBe('OK')
  })

  test('may have fees', async () => {
    const { create, json } = await aSandbox()
    const intent = await create({ fees: [{ destination: FRIEND, basisPoints: 1000 }] })
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({
      fees: [{ destination: FRIEND, basisPoints: 1000 }],
    })
  })

  test('is kept in hundredths where floating point is a hair off', async () => {
    const { create, json } = await aSandbox()
    const intent = await create({ amount: 0.29 })
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({ amount: 29, currency: 'usd' })
  })

  test('that the SDK believes to be created can have been refused all the same', async () => {
    const { create, status } = await aSandbox()
    expect((await status(await create({ amount: 0.04 }))).exists).toBe(false)
  })
})

describe('a message is refused', () => {
  test('when its signature is not by the rendezvous key', async () => {
    const { endpoint } = await aSandbox()
    const request = await aRequest()
    request.signature = new Common.Signature({
      value: sign(Keypair.generate(), request.message as Message),
    })
    expect(await send(endpoint, request)).toBe("signature is not the rendezvous key's")
  })

  test('when it was changed after it was signed', async () => {
    const { endpoint } = await aSandbox()
    const request = await aRequest()
    const bill = request.message?.kind.value as RequestToReceiveBill
    bill.requestorAccount = account(OTHER)
    expect(await send(endpoint, request)).toBe("signature is not the rendezvous key's")
  })

  test.each([
    ['without anything', new SendMessageRequest(), 'rendezvous key must have 32 bytes'],
    [
      'with a short key',
      new SendMessageRequest({ rendezvousKey: { value: new Uint8Array(31) } }),
      'rendezvous key must have 32 bytes',
    ],
    [
      'without a message',
      new SendMessageRequest({ rendezvousKey: { value: new Uint8Array(32) } }),
      'message is missing',
    ],
    [
      'without a signature',
      new SendMessageRequest({ rendezvousKey: { value: new Uint8Array(32).fill(255) }, message: {} }),
      "signature is not the rendezvous key's",
    ],
    [
      'without a destination',
      aSignedBill(aBill({ requestorAccount: undefined })),
      'requestor account must have 32 bytes',
    ],
    [
      'with a short destination',
      aSignedBill(aBill({ requestorAccount: new Common.SolanaAccountId({ value: new Uint8Array(3) }) })),
      'requestor account must have 32 bytes',
    ],
    [
      'with six fee takers',
      aSignedBill(aBill({ additionalFees: Array.from({ length: 6 }, () => fee(FRIEND, 1)) })),
      'there are at most 5 fee takers',
    ],
    [
      'with a fee taker who is nobody',
      aSignedBill(aBill({ additionalFees: [new AdditionalFeePayment({ feeBps: 1 })] })),
      'fee taker at index 0 must have 32 bytes',
    ],
  ])('%s', async (_case, request, reason) => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, request)).toBe(reason)
  })

  test('when it asks for something else', async () => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, aSignedMessage({ case: 'codeScanned', value: new CodeScanned() }))).toBe(
      'this sandbox only accepts requests for payments and logins, not codeScanned',
    )
    expect(await send(endpoint, aSignedMessage({ case: undefined }))).toBe(
      'this sandbox only accepts requests for payments and logins, not an empty message',
    )
  })
})

describe('a new request is refused', () => {
  test.each([
    [
      'to the system program',
      { destination: '11111111111111111111111111111111' },
      'code account 11111111111111111111111111111111 is not a deposit account',
    ],
    [
      "to Kin's mint",
      { destination: 'kinXdEcpDQeHPEuQnqmUgtYykqKGVFq6CeVX5iAHJq6' },
      'code account kinXdEcpDQeHPEuQnqmUgtYykqKGVFq6CeVX5iAHJq6 is not a deposit account',
    ],
    ['in a currency without limits', { currency: 'ssp' }, 'ssp currency is not currently supported'],
    ['in too little kin', { currency: 'kin', amount: 4_999 }, 'kin currency has a minimum amount of 5000.00'],
    ['in half a kin', { currency: 'kin', amount: 5_000.5 }, "native amount can't include fractional kin"],
    ['above the maximum', { amount: 250.01 }, 'usd currency has a maximum amount of 250.00'],
    [
      'above the maximum of another currency',
      { currency: 'jpy', amount: 25_001 },
      'jpy currency has a maximum amount of 25000.00',
    ],
    ['below the minimum', { amount: 0.04 }, 'usd currency has a minimum amount of 0.05'],
    [
      'with a fee for the destination',
      { fees: [{ destination: DESTINATION, basisPoints: 1 }] },
      'fee taker at index 0 is the payment destination and should be omitted',
    ],
    [
      'with a fee taker twice',
      { fees: [FRIEND, OTHER, FRIEND].map((destination) => ({ destination, basisPoints: 1 })) },
      'fee taker at index 2 appears multiple times and should be merged',
    ],
    [
      'with too high fees',
      { fees: [FRIEND, OTHER].map((destination) => ({ destination, basisPoints: 501 })) },
      'total fee percentage cannot exceed 1000 basis points',
    ],
  ])('%s', async (_case, changes, reason) => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, await aRequest(changes))).toBe(reason)
  })

  const login = { domain: new Common.Domain({ value: 'example.com' }), verifier: account(FRIEND) }
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
    [
      'in a currency spelled in capitals',
      { exchangeData: usd(1, 'USD') },
      'USD currency is not currently supported',
    ],
    [
      'in a currency named like a part of every object',
      { exchangeData: usd(1, 'constructor') },
      'constructor currency is not currently supported',
    ],
    ['over no number', { exchangeData: usd(Number.NaN) }, 'usd currency has a minimum amount of 0.05'],
    ['over a debt', { exchangeData: usd(-5) }, 'usd currency has a minimum amount of 0.05'],
    [
      'over everything',
      { exchangeData: usd(Number.POSITIVE_INFINITY) },
      'usd currency has a maximum amount of 250.00',
    ],
    [
      'for localhost',
      { domain: new Common.Domain({ value: 'localhost' }) },
      'domain is invalid: it is localhost',
    ],
    [
      'for an address',
      { domain: new Common.Domain({ value: '127.0.0.1' }) },
      'domain is invalid: it is an IP address',
    ],
    [
      'for a port',
      { domain: new Common.Domain({ value: 'example.com:80' }) },
      'domain is invalid: it has a port',
    ],
    [
      'for a path',
      { domain: new Common.Domain({ value: 'example.com/shop' }) },
      'domain is invalid: it has a path',
    ],
    [
      'for a single word',
      { domain: new Common.Domain({ value: 'nickel' }) },
      'domain is invalid: it is not a domain name',
    ],
    [
      'for a subdomain',
      { domain: new Common.Domain({ value: 'shop.example.com' }) },
      'domain is invalid: it is a subdomain',
    ],
    [
      'for an endless domain',
      { domain: new Common.Domain({ value: `${'a.'.repeat(200)}com` }) },
      'domain is invalid: it is too long',
    ],
    ['with a signature but no verifier', { signature }, 'signature can only be set when verifying domain'],
    [
      'with a verifier but no domain',
      { ...login, domain: undefined },
      'verifier cannot be set when domain not provided',
    ],
    ['with an unsigned verifier', login, 'signature must be set for domain verification'],
    [
      'with a verifier but no rendezvous key',
      { ...login, signature },
      'rendezvous key must be set for domain verification',
    ],
    [
      "with another intent's rendezvous key",
      { ...login, signature, rendezvousKey: account(OTHER) },
      'rendezvous key mismatch',
    ],
  ])('%s', async (_case, changes, reason) => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, aSignedBill(aBill(changes)))).toBe(reason)
  })

  test('by the first rule that it breaks', async () => {
    const { endpoint } = await aSandbox()
    const destination = '11111111111111111111111111111111'
    const broken = aBill({
      requestorAccount: account(destination),
      exchangeData: { case: undefined },
      additionalFees: [fee(destination, 5000)],
    })
    expect(await send(endpoint, aSignedBill(broken))).toBe(
      `code account ${destination} is not a deposit account`,
    )
  })

  test.each([
    'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
    'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
    'ComputeBudget111111111111111111111111111111',
  ])('to the program %s', async (destination) => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, await aRequest({ destination }))).toBe(
      `code account ${destination} is not a deposit account`,
    )
  })

  test('or accepted for a domain of a country', async () => {
    const { endpoint, json } = await aSandbox()
    const bill = aBill({ domain: new Common.Domain({ value: 'example.co.uk' }) })
    const keypair = Keypair.generate()
    expect(await send(endpoint, aSignedBill(bill, keypair))).toBe('OK')
    const intent = keypair.getPublicKey().toBase58()
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({ domain: 'example.co.uk' })
  })
})

const kin = (changes: object = {}) =>
  ({
    case: 'exact',
    value: new ExchangeData({
      currency: 'kin',
      nativeAmount: 10_000,
      exchangeRate: 1,
      quarks: 1_000_000_000n,
      ...changes,
    }),
  }) as const

describe('a request in kin', () => {
  test('is paid as it is, and the webhook tells its rate', async () => {
    const { create, register, approve, deliveries, json } = await aSandbox()
    const intent = await create({ currency: 'kin', amount: 10_000 })
    await register(intent, 'http://127.0.0.1:1/')
    await approve(intent)
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({ amount: 1_000_000, currency: 'kin' })
    const [{ token = '' } = {}] = await deliveries()
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ amount: 10_000, currency: 'KIN', exchangeRate: 1, quarks: 1_000_000_000 })
  })

  test.each([
    ['of a part of a quark amount', { quarks: 1_000_000_001n }, "quark amount can't include fractional kin"],
    ['with a rate', { exchangeRate: 2 }, 'kin exchange rate must be 1'],
    ['with too few quarks', { quarks: 100_000n }, 'payment native amount and quark value mismatch'],
    ['over endless kin', { nativeAmount: Number.NaN }, 'kin currency has a minimum amount of 5000.00'],
    ['over too much', { nativeAmount: 25_000_001 }, 'kin currency has a maximum amount of 25000000.00'],
  ])('%s is refused', async (_case, changes, reason) => {
    const { endpoint } = await aSandbox()
    expect(await send(endpoint, aSignedBill(aBill({ exchangeData: kin(changes) })))).toBe(reason)
  })

  test.each([
    ['amount', { nativeAmount: 10_001, quarks: 0n }, 'native amount mismatches original request'],
    ['rate', { exchangeRate: 2, quarks: 0n }, 'exchange rate mismatches original request'],
    ['number of quarks', { quarks: 100_000n }, 'quarks mismatches original request'],
  ])('is refused again with another %s', async (_case, changes, reason) => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    const ask = (exchangeData: object) => send(endpoint, aSignedBill(aBill({ exchangeData }), keypair))
    expect(await ask(kin())).toBe('OK')
    expect(await ask(kin(changes))).toBe(reason)
    expect(await ask(usd())).toBe('exchange currency mismatches original request')
    expect(await ask(kin())).toBe('OK')
  })
})

describe('the same id again is refused', () => {
  test.each([
    [
      'to another destination',
      { requestorAccount: account(OTHER) },
      'destination mismatches original request',
    ],
    [
      'in another currency',
      { exchangeData: usd(0.25, 'eur') },
      'exchange currency mismatches original request',
    ],
    ['with another amount', { exchangeData: usd(0.26) }, 'native amount mismatches original request'],
    [
      'with a domain',
      { domain: new Common.Domain({ value: 'example.com' }) },
      'domain mismatches original request',
    ],
    ['with a verifier', { verifier: account(OTHER) }, "original request isn't verified"],
    ['with fewer fees', { additionalFees: [fee(FRIEND, 100)] }, 'original request configured 2 fee takers'],
    [
      'with another fee taker',
      { additionalFees: [fee(FRIEND, 100), fee(Keypair.generate().getPublicKey().toBase58(), 200)] },
      'destination for fee at index 1 mismatches original request',
    ],
    [
      'with another fee',
      { additionalFees: [fee(FRIEND, 101), fee(OTHER, 200)] },
      'basis points for fee at index 0 mismatches original request',
    ],
    ['without exchange data', { exchangeData: { case: undefined } }, 'exchange data is nil'],
  ])('%s', async (_case, changes, reason) => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    const original = { additionalFees: [fee(FRIEND, 100), fee(OTHER, 200)] }
    expect(await send(endpoint, aSignedBill(aBill(original), keypair))).toBe('OK')
    expect(await send(endpoint, aSignedBill(aBill({ ...original, ...changes }), keypair))).toBe(reason)
    expect(await send(endpoint, aSignedBill(aBill(original), keypair))).toBe('OK')
  })

  test('after it was paid, whatever it says', async () => {
    const { endpoint, approve } = await aSandbox()
    const keypair = Keypair.generate()
    await send(endpoint, aSignedBill(aBill(), keypair))
    await approve(keypair.getPublicKey().toBase58())
    expect(await send(endpoint, aSignedBill(aBill(), keypair))).toBe('client submitted intent')
    expect(await send(endpoint, aSignedBill(aBill({ exchangeData: usd(1) }), keypair))).toBe(
      'client submitted intent',
    )
  })
})

test('a status of bytes that are no key is refused', async () => {
  const { endpoint } = await aSandbox()
  expect((await call(endpoint, 'MicroPayment.getStatus', new SendMessageRequest())).message).toBe(
    'intent id must have 32 bytes',
  )
})
