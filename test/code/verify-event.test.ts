import { createHmac, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { VerifiedEvent } from '../../db/index.ts'
import { aSequencerKey, base64url, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { importKeys, verifyEvent } from '../../server/code/verify-event.ts'

const vector = JSON.parse(readFileSync('test/support/vectors/code-webhook.json', 'utf8'))
const { privateKey, publicKey } = aSequencerKey()
const OFFER = {
  id: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
  amount: 25,
  currency: 'usd',
  destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
}

let verify: (token: string) => Promise<VerifiedEvent>
let verifyCode: (token: string) => Promise<VerifiedEvent>
beforeAll(async () => {
  const keys = await importKeys([aSequencerKey().publicKey, publicKey])
  const codesKeys = await importKeys([vector.publicKey])
  verify = (token) => verifyEvent(keys, token)
  verifyCode = (token) => verifyEvent(codesKeys, token)
})

describe('the webhook that Code has published', () => {
  test('verifies under Code’s key, claim by claim', async () => {
    expect(await verifyCode(vector.jwt)).toMatchObject({
      intent: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
      currency: 'usd',
      hundredths: 1,
      destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
      state: 'SUBMITTED',
      quarks: 112_000_000,
      exchangeRate: 0.00000893,
      user: null,
    })
  })

  test('does not verify under another key', async () => {
    await expect(verify(vector.jwt)).rejects.toMatchObject({ code: 'event-not-trusted' })
  })

  test('does not verify with any character of its signature changed', async () => {
    const [header, payload, signature] = vector.jwt.split('.') as [string, string, string]
    for (let index = 0; index < signature.length; index++) {
      const other = signature[index] === 'A' ? 'B' : 'A'
      const spoiled = `${header}.${payload}.${signature.slice(0, index)}${other}${signature.slice(index + 1)}`
      await expect(verifyCode(spoiled)).rejects.toMatchObject({
        code: expect.stringMatching(/^event-(not-trusted|malformed)$/),
      })
    }
  })

  test.each(Object.keys(JSON.parse(vector.payload)))(
    'does not verify with its claim %s changed or gone',
    async (claim) => {
      const [header, , signature] = vector.jwt.split('.')
      for (const value of ['other', undefined]) {
        const payload = JSON.stringify({ ...JSON.parse(vector.payload), [claim]: value })
        await expect(verifyCode(`${header}.${base64url(payload)}.${signature}`)).rejects.toMatchObject({
          code: 'event-not-trusted',
        })
      }
    },
  )
})

describe('what is no compact JWS is malformed', () => {
  const good = signed(claimsOf(OFFER), privateKey)
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['JSON', JSON.stringify({ payload: good })],
    ['a trailing newline', `${good}\n`],
    ['a leading space', ` ${good}`],
    ['white space inside', good.replace('.', '. ')],
    ['padding', `${good}==`],
    ['padding of a part', good.replace('.', '=.')],
    ['two parts', good.split('.').slice(0, 2).join('.')],
    ['four parts', `${good}.x`],
    ['an empty payload', good.replace(/\..*\./, '..')],
    ['standard base64', good.replaceAll('-', '+').replaceAll('_', '/').replace(/^.{5}/, 'ab+/c')],
    ['a signature that is not canonical', good.replace(/.$/, (last) => (last === 'h' ? 'i' : 'h'))],
    ['a short signature', good.slice(0, -4)],
    ['a header that is no JSON', signed({}, privateKey).replace(/^[^.]+/, base64url('no'))],
    ['a payload that is no JSON', signed('no json', privateKey)],
    ['a payload with a byte order mark', signed(`\uFEFF${JSON.stringify(claimsOf(OFFER))}`, privateKey)],
    ['a claim that stands twice', signed('{"intent":"x","amount":1,"amount":2}', privateKey)],
    ['a claim that stands twice, once escaped', signed('{"amount":1,"\\u0061mount":2}', privateKey)],
    ['a name that stands twice deep inside', signed('{"fees":[{"a":[{"b":1,"b":1}]}]}', privateKey)],
  ])('%s', async (_what, token) => {
    await expect(verify(token)).rejects.toMatchObject({ code: 'event-malformed' })
  })
})

describe('what Code signed, but can be read in two ways, is malformed', () => {
  const withHeader = (header: string) => {
    const input = `${base64url(header)}.${base64url(JSON.stringify(claimsOf(OFFER)))}`
    return `${input}.${base64url(sign(null, Buffer.from(input), privateKey))}`
  }
  test.each([
    ['an algorithm that stands twice', '{"alg":"none","alg":"EdDSA"}'],
    ['a header with a byte order mark', '\uFEFF{"alg":"EdDSA"}'],
  ])('%s', async (_what, header) => {
    await expect(verify(withHeader(header))).rejects.toMatchObject({ code: 'event-malformed' })
  })

  test('bytes that are no UTF-8', async () => {
    const payload = Buffer.concat([
      Buffer.from('{"user":"'),
      Buffer.from([0xff]),
      Buffer.from(`",${JSON.stringify(claimsOf(OFFER)).slice(1)}`),
    ])
    const input = `${base64url('{"alg":"EdDSA"}')}.${base64url(payload)}`
    const token = `${input}.${base64url(sign(null, Buffer.from(input), privateKey))}`
    await expect(verify(token)).rejects.toMatchObject({ code: 'event-malformed' })
  })

  test('but a text that looks like names is a text', async () => {
    const payment = await verify(signed({ ...claimsOf(OFFER), note: '"a":1,"a":2 \\' }, privateKey))
    expect(payment.intent).toBe(OFFER.id)
  })
})

describe('what Code did not sign is not trusted', () => {
  const claims = claimsOf(OFFER)
  const raw = (header: object, signature: string) =>
    `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}.${signature}`
  const input = (header: object) =>
    `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`
  const HS = { alg: 'HS256', typ: 'JWT' }
  const pad = (signature: Buffer) => base64url(Buffer.concat([signature, Buffer.alloc(64)]).subarray(0, 64))

  test.each([
    ['another key', () => signed(claims, aSequencerKey().privateKey)],
    ['alg none', () => raw({ alg: 'none' }, 'A'.repeat(86))],
    [
      'HS256 with the public key as its secret',
      () => raw(HS, pad(createHmac('sha256', publicKey).update(input(HS)).digest())),
    ],
    ['ES256', () => signed(claims, privateKey, { alg: 'ES256', typ: 'JWT' })],
    ['no alg', () => signed(claims, privateKey, { typ: 'JWT' })],
    ['a critical extension', () => signed(claims, privateKey, { alg: 'EdDSA', crit: ['exp'], exp: 1 })],
    [
      'a key of its own',
      () => {
        const other = aSequencerKey()
        const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }
        return signed(claims, other.privateKey, { alg: 'EdDSA', jwk, kid: 'x' })
      },
    ],
    ['a signature of zeros', () => raw({ alg: 'EdDSA' }, base64url(Buffer.alloc(64)))],
  ])('%s', async (_what, make) => {
    await expect(verify(make())).rejects.toMatchObject({
      code: expect.stringMatching(/^event-(not-trusted|malformed)$/),
    })
  })
})

describe('a signed event', () => {
  test('of any configured key is trusted', async () => {
    expect(await verify(signed(claimsOf(OFFER), privateKey))).toMatchObject({
      intent: OFFER.id,
      hundredths: 25,
      currency: 'usd',
    })
  })

  test('of a payment is one, also if it names the user who has logged in with it', async () => {
    const user = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'
    const event = await verify(signed({ ...claimsOf(OFFER), user }, privateKey))
    expect(event).toMatchObject({ type: 'payment', intent: OFFER.id, user })
    expect(await verify(signed({ user }, privateKey))).toMatchObject({ type: 'login', intent: null, user })
  })

  const taker = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'
  test.each([
    ['none', undefined, ''],
    ['an empty list', [], ''],
    ['null, which is how Go writes an empty list', null, ''],
    [
      'two',
      [
        { basisPoints: 250, destination: taker },
        { basisPoints: 1, destination: OFFER.destination },
      ],
      `${taker} 250,${OFFER.destination} 1`,
    ],
    ['a text', 'none', null],
    [
      'a destination that could be taken for two fees',
      [{ basisPoints: 1, destination: `${taker} 1,${taker}` }],
      null,
    ],
    ['half a point', [{ basisPoints: 0.5, destination: taker }], null],
    ['very many', Array(30).fill({ basisPoints: 1, destination: taker }), null],
  ])('has fees that can be compared: %s', async (_what, fees, read) => {
    expect(await verify(signed({ ...claimsOf(OFFER), fees }, privateKey))).toMatchObject({ fees: read })
  })

  test('is known as Code’s test event by exactly its fields', async () => {
    const event = { string: 'string_value', int: 42, float: 123.45, bool: true }
    expect(await verify(signed(event, privateKey))).toMatchObject({ type: 'test', intent: null })
    expect(await verify(signed({ ...event, intent: OFFER.id }, privateKey))).toMatchObject({
      type: 'payment',
    })
  })

  test.each([
    ['a string', 'text'],
    ['an array', [1]],
    ['null', null],
    [
      'wrong types',
      {
        intent: 1,
        currency: {},
        amount: '0.25',
        destination: [],
        state: true,
        quarks: -1,
        exchangeRate: 'x',
        user: 5,
      },
    ],
    ['huge texts', { intent: 'x'.repeat(5_000) }],
    ['texts that not every database keeps', { intent: 'a\0b', user: '\ud800', state: 'SUBMITTED\0' }],
    ['something nested very deeply', JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`)],
    ['a prototype', JSON.parse('{"__proto__": {"intent": "x", "state": "SUBMITTED"}}')],
  ])('that says %s says nothing', async (_what, payload) => {
    const payment = await verify(signed(JSON.stringify(payload), privateKey))
    expect(payment).toMatchObject({
      intent: null,
      currency: null,
      hundredths: null,
      destination: null,
      state: null,
      quarks: null,
      user: null,
    })
  })

  test('with a fraction of a hundredth has no amount that equals ours', async () => {
    const payment = await verify(signed({ ...claimsOf(OFFER), amount: 0.2501 }, privateKey))
    expect(payment.hundredths).toBeNull()
  })
})
