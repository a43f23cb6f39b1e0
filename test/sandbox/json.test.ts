import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { loginIntents, webhook } from '@code-wallet/client'
import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  Common,
  ExchangeDataWithoutRate,
  GetLoginForThirdPartyAppRequest,
  Message,
  RequestToReceiveBill,
  type SendMessageRequest,
} from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import bs58 from 'bs58'
import { findCut } from '../../sandbox/json/cut-amount.ts'
import {
  aLogin,
  aReceiver,
  aRequest,
  aSandbox,
  aSignedBill,
  DESTINATION,
  post,
  send,
  statusUnder,
} from './a-sandbox.ts'

const INVALID = 'rpc error: code = InvalidArgument desc ='
const ELSEWHERE = 'https://192.0.2.1/webhook'

const WRONG_WEBHOOKS: [string, string, string][] = [
  ['http to another host', 'http://192.0.2.1/webhook', 'url scheme must be https'],
  ['another scheme', 'ftp://127.0.0.1/webhook', 'url scheme must be https'],
  ['no scheme', '127.0.0.1/webhook', 'url scheme must be https'],
  ['nothing', '', 'url scheme must be https'],
  ['no host', 'https:///webhook', 'host component missing'],
  [
    'a port of another host',
    'https://192.0.2.1:8443/webhook',
    'host is not a valid domain name: domain name is invalid: idna: disallowed rune U+003A',
  ],
  [
    'capitals in the host',
    'https://Shop.example/',
    'host is not a valid domain name: domain name is invalid: idna: disallowed rune U+0053',
  ],
  [
    'a host name that leads nowhere',
    `https://${'a'.repeat(64)}.localhost/`,
    `error resolving hostname: lookup ${'a'.repeat(64)}.localhost: no such host`,
  ],
]

interface Body {
  intent: unknown
  message: unknown
  signature: unknown
  webhook?: unknown
}

/** The body of `createIntent`, as Code's SDKs for other languages make it from the same request. */
function aBody(request: SendMessageRequest, changes: object = {}): Body {
  const bill = request.message?.kind.value as RequestToReceiveBill
  return {
    intent: idOf(request),
    message: Buffer.from(bill.toBinary()).toString('base64url'),
    signature: bs58.encode(request.signature?.value as Uint8Array),
    ...changes,
  }
}

const idOf = ({ rendezvousKey }: SendMessageRequest) => bs58.encode(rendezvousKey?.value as Uint8Array)

async function say(endpoint: string, name: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await post(`${endpoint}/${name}`, {
    headers: { 'Content-Type': 'application/json', ...headers },
    body: Buffer.from(text),
  })
  return [response.status, await response.text()] as const
}

const createIntent = (endpoint: string, body: unknown) => say(endpoint, 'createIntent', body)
const refusal = (error: string) => `{"error":${JSON.stringify(error)},"success":false}`

async function statusOf(endpoint: string, query: string) {
  const response = await fetch(`${endpoint}/getStatus${query}`)
  return [response.status, await response.text()] as const
}

/** A request of any amount for somebody's key, which may belong to another amount. */
function aBillOf(nativeAmount: number, keypair = Keypair.generate()): SendMessageRequest {
  const value = new ExchangeDataWithoutRate({ currency: 'usd', nativeAmount })
  const requestorAccount = new Common.SolanaAccountId({ value: PublicKey.fromBase58(DESTINATION).toBuffer() })
  const exchangeData = { case: 'partial', value } as const
  return aSignedBill(new RequestToReceiveBill({ requestorAccount, exchangeData }), keypair)
}

describe('createIntent', () => {
  test('creates an intent that Code’s own client knows, and getStatus follows it', async () => {
    const { endpoint, status, approve } = await aSandbox()
    const request = await aRequest()
    const intent = idOf(request)
    expect(await statusOf(endpoint, `?intent=${intent}`)).toEqual([
      200,
      '{"status":"UNKNOWN","success":true}',
    ])
    expect(await createIntent(endpoint, aBody(request))).toEqual([200, '{"success":true}'])
    expect(await status(intent)).toMatchObject({ exists: true, intentSubmitted: false })
    expect((await statusOf(endpoint, `?intent=${intent}`))[1]).toBe('{"status":"PENDING","success":true}')
    await approve(intent)
    expect((await statusOf(endpoint, `?intent=${intent}`))[1]).toBe('{"status":"SUBMITTED","success":true}')
  })

  test('answers JSON without a charset, and to no other origin', async () => {
    const { endpoint } = await aSandbox()
    const response = await fetch(`${endpoint}/getStatus?intent=${DESTINATION}`)
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(response.headers.get('ETag')).toBeNull()
  })

  test.each([
    ['null', null],
    ['absent', undefined],
  ])('takes a webhook that is %s for none', async (_case, webhook) => {
    const { endpoint, json } = await aSandbox()
    const request = await aRequest()
    expect(await createIntent(endpoint, aBody(request, { webhook }))).toEqual([200, '{"success":true}'])
    expect(await json(`/wallet/requests/${idOf(request)}`)).not.toHaveProperty('webhook')
  })

  test('is the same call as sendMessage: both at once make one intent', async () => {
    const { endpoint, json } = await aSandbox()
    const request = await aRequest()
    const [one, other] = await Promise.all([
      createIntent(endpoint, aBody(request)),
      send(endpoint, request),
      createIntent(endpoint, aBody(request)),
    ])
    expect([one[0], other]).toEqual([200, 'OK'])
    expect(await json('/wallet/requests')).toHaveLength(1)
  })

  test('delivers a webhook over http to this machine, which may have a port', async () => {
    const { endpoint, approve, sandbox } = await aSandbox({
      allowsWebhookTo: ({ hostname }) => hostname === '127.0.0.1',
    })
    const { url, received } = await aReceiver()
    const request = await aRequest()
    const body = aBody(request, { webhook: url })
    expect(await createIntent(endpoint, body)).toEqual([200, '{"success":true}'])
    expect(await createIntent(endpoint, body)).toEqual([200, '{"success":true}']) // registered already is no failure
    await approve(idOf(request))
    await sandbox.deliverDue()
    expect(received).toMatchObject([{ method: 'POST', path: '/webhook', type: 'application/jwt' }])
  })

  test('answers 500 if a webhook can’t be registered, although the intent exists', async () => {
    const sandbox = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname === '127.0.0.1' })
    const request = await aRequest()
    expect(await createIntent(sandbox.endpoint, aBody(request, { webhook: ELSEWHERE }))).toEqual([
      500,
      refusal('internal server error'),
    ])
    expect((await sandbox.status(idOf(request))).exists).toBe(true)
    expect(await sandbox.json(`/traces/${idOf(request)}`)).toContainEqual(
      expect.objectContaining({
        says: `createIntent: the webhook ${ELSEWHERE}`,
        answer: 'INVALID_URL: this sandbox is not allowed to post to 192.0.2.1',
      }),
    )
  })

  test('refuses a webhook that Code would refuse, before it creates anything', async () => {
    const { endpoint, status } = await aSandbox({
      allowsWebhookTo: ({ hostname }) => hostname === '127.0.0.1' || hostname.endsWith('.localhost'),
    })
    const request = await aRequest()
    for (const [what, webhook, error] of WRONG_WEBHOOKS)
      expect([what, ...(await createIntent(endpoint, aBody(request, { webhook })))]).toEqual([
        what,
        400,
        refusal(error),
      ])
    expect((await status(idOf(request))).exists).toBe(false)
  })

  test('takes http and ports for this machine’s own addresses', async () => {
    const { endpoint, json } = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname !== '192.0.2.1' })
    const urls = [
      'http://localhost:8080/a',
      'http://127.9.9.9:1/',
      'http://[::1]:3030/b',
      'https://127.0.0.1:8443/',
    ]
    for (const webhook of urls)
      expect((await createIntent(endpoint, aBody(await aRequest(), { webhook })))[0]).toBe(200)
    const made = (await json('/wallet/requests')) as { webhook: string }[]
    expect(made.map(({ webhook }) => webhook)).toEqual(urls.toReversed())
  })

  test('takes them for a host that is allowed by name, which is then looked up', async () => {
    const { endpoint } = await aSandbox({
      allowsWebhookTo: ({ hostname }) => hostname.endsWith('.localhost'),
    })
    const webhook = `http://${'a'.repeat(64)}.localhost:8080/`
    const [, text] = await createIntent(endpoint, aBody(await aRequest(), { webhook }))
    expect(text).toContain('error resolving hostname')
  })
})

describe('what is wrong with a call', () => {
  const keypair = Keypair.generate()
  const rightKey = keypair.getPublicKey().toBase58()
  const right = aBody(aBillOf(0.25, keypair))
  const cases: [string, object | string, number, string][] = [
    ['no body', '', 400, 'unexpected end of JSON input'],
    ['no JSON', '{', 400, 'the body is not valid JSON'],
    ['a list', '[]', 400, 'the body must be a JSON object'],
    ['null', 'null', 400, 'intent is not a public key'],
    ['no fields', {}, 400, 'intent is not a public key'],
    ['a number for an intent', { ...right, intent: 1 }, 400, 'intent must be text'],
    ['an intent that is too short', { ...right, intent: 'abc' }, 400, 'intent is not a public key'],
    ['an intent with a 0', { ...right, intent: `0${rightKey.slice(1)}` }, 400, 'intent is not a public key'],
    ['no signature', { ...right, signature: '' }, 400, 'signature is invalid'],
    ['half a signature', { ...right, signature: rightKey }, 400, 'signature is invalid'],
    ['a signature that is no base58', { ...right, signature: '0'.repeat(87) }, 400, 'signature is invalid'],
    ['padding', { ...right, message: 'AA==' }, 400, 'message not valid base64'],
    ['the other base64', { ...right, message: 'a+/a' }, 400, 'message not valid base64'],
    ['base64 of an impossible length', { ...right, message: 'AAAAA' }, 400, 'message not valid base64'],
    ['no bill', { ...right, message: '____' }, 400, 'message bytes is not a RequestToReceiveBill'],
    ['somebody else’s signature', aBody(aBillOf(0.25), { intent: rightKey }), 401, 'authentication failed'],
    [
      'an amount below the minimum',
      aBody(aBillOf(0.04)),
      400,
      `${INVALID} usd currency has a minimum amount of 0.05`,
    ],
    ['more than 64 KiB', { ...right, message: 'A'.repeat(65_536) }, 413, 'the body is larger than 64 KiB'],
  ]
  test('is answered with Code’s status and words', async () => {
    const { endpoint, events } = await aSandbox()
    for (const [what, body, status, error] of cases)
      expect([what, ...(await createIntent(endpoint, body))]).toEqual([what, status, refusal(error)])
    const logged = events.map(({ what, method }) => `${what}: ${method}`)
    expect(logged).toEqual(cases.map(() => 'call refused: createIntent'))
  })

  test('the signature is over the message, so not over the bytes that are sent', async () => {
    const { endpoint } = await aSandbox()
    const sent = Buffer.from(right.message as string, 'base64url')
    const signature = bs58.encode(keypair.sign(sent as never))
    expect(await createIntent(endpoint, { ...right, signature })).toEqual([
      401,
      refusal('authentication failed'),
    ])
  })

  test('a body is read whatever type it has, or without any', async () => {
    const { endpoint } = await aSandbox()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense'])
      expect(await say(endpoint, 'createIntent', right, { 'Content-Type': type })).toEqual([
        200,
        '{"success":true}',
      ])
    const untyped = await fetch(`${endpoint}/createIntent`, {
      method: 'POST',
      body: new Blob([JSON.stringify(right)]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(untyped.status).toBe(200)
  })

  test('a wrong method is 400, not 405', async () => {
    const { endpoint } = await aSandbox()
    const wrong = {
      createIntent: ['GET', 'PUT', 'OPTIONS'],
      getUserId: ['GET'],
      getStatus: ['POST', 'DELETE'],
    }
    for (const [name, methods] of Object.entries(wrong)) {
      const error = refusal(name === 'getStatus' ? 'http get expected' : 'http post expected')
      for (const method of methods) {
        const response = await fetch(`${endpoint}/${name}`, { method })
        expect([method, response.status, await response.text()]).toEqual([method, 400, error])
      }
    }
    expect((await fetch(`${endpoint}/getStatus`, { method: 'HEAD' })).status).toBe(400)
  })

  test('getStatus needs an intent', async () => {
    const { endpoint } = await aSandbox()
    for (const query of ['', '?intents=x'])
      expect(await statusOf(endpoint, query)).toEqual([400, refusal('intent query parameter missing')])
    for (const query of ['?intent=', '?intent=abc', '?intent=abc&intent=def'])
      expect(await statusOf(endpoint, query)).toEqual([400, refusal('intent id is not a public key')])
  })

  test('other spellings of the addresses lead nowhere', async () => {
    const { endpoint } = await aSandbox()
    for (const name of ['createintent', 'createIntent/', 'CreateIntent'])
      expect((await say(endpoint, name, right))[0]).toBe(404)
  })

  test('host names of others, and what pages of others post, are rejected as JSON; those pages can’t read an answer', async () => {
    const { endpoint } = await aSandbox()
    const rebound = await statusUnder('evil.example', `${endpoint}/getStatus?intent=${DESTINATION}`)
    expect(rebound).toBe(421)
    const [status, text] = await say(endpoint, 'createIntent', right, { Origin: 'https://evil.example' })
    expect([status, JSON.parse(text)]).toEqual([403, { error: expect.any(String), success: false }])
    const headers = { Origin: 'https://evil.example' }
    const read = await fetch(`${endpoint}/getStatus?intent=${DESTINATION}`, { headers })
    expect([read.status, read.headers.get('Access-Control-Allow-Origin')]).toEqual([200, null])
  })
})

describe('getUserId', () => {
  const asks = async (endpoint: string, intent: string, verifier: Keypair, signer = verifier) => {
    const message = new GetLoginForThirdPartyAppRequest({
      intentId: { value: PublicKey.fromBase58(intent).toBuffer() },
      verifier: new Common.SolanaAccountId({ value: verifier.getPublicValue() as never }),
    })
    const signature = bs58.encode(signer.sign(message.toBinary() as never))
    return say(endpoint, 'getUserId', {
      intent,
      message: Buffer.from(message.toBinary()).toString('base64url'),
      signature,
    })
  }

  test('tells the verifier who logged in, once somebody has', async () => {
    const { endpoint, approve, users } = await aSandbox()
    const verifier = Keypair.generate()
    const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
    expect(await asks(endpoint, id, verifier)).toEqual([200, '{"success":true}'])
    await approve(id)
    const { user } = (await users()).Ada ?? {}
    expect(await asks(endpoint, id, verifier)).toEqual([200, `{"success":true,"user":"${user}"}`])
  })

  test('tells nobody else', async () => {
    const { endpoint, approve } = await aSandbox()
    const verifier = Keypair.generate()
    const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
    await approve(id)
    const failed = [401, refusal('authentication failed')]
    expect(await asks(endpoint, id, Keypair.generate())).toEqual(failed)
    expect(await asks(endpoint, id, verifier, Keypair.generate())).toEqual(failed)
  })

  test('says in the order of Code what is wrong', async () => {
    const { endpoint } = await aSandbox()
    const wrong = { intent: 'x', message: '=', signature: '' }
    const answer = async (body: object) => (await say(endpoint, 'getUserId', body))[1]
    expect(await answer(wrong)).toBe(refusal('intent is not a public key'))
    expect(await answer({ ...wrong, intent: DESTINATION })).toBe(refusal('message not valid base64'))
    expect(await answer({ ...wrong, intent: DESTINATION, message: '____' })).toBe(
      refusal('message bytes is not a GetLoginForThirdPartyAppRequest'),
    )
    expect(await answer({ intent: DESTINATION, message: '' })).toBe(refusal('signature is invalid'))
  })
})

describe('a login inside a payment request', () => {
  test('of another verifier is not permitted', async () => {
    const { endpoint } = await aSandbox()
    const keypair = Keypair.generate()
    const bodyOf = (verifier: Keypair) => {
      const bill = new RequestToReceiveBill({
        ...(aBillOf(0.25).message?.kind.value as RequestToReceiveBill),
        domain: { value: 'example.com' },
        verifier: { value: verifier.getPublicValue() as never },
        rendezvousKey: { value: keypair.getPublicValue() as never },
      })
      bill.signature = new Common.Signature({ value: verifier.sign(bill.toBinary() as never) as never })
      const message = new Message({ kind: { case: 'requestToReceiveBill', value: bill } })
      return {
        intent: keypair.getPublicKey().toBase58(),
        message: Buffer.from(bill.toBinary()).toString('base64url'),
        signature: bs58.encode(keypair.sign(message.toBinary() as never)),
      }
    }
    expect((await createIntent(endpoint, bodyOf(Keypair.generate())))[0]).toBe(200)
    expect(await createIntent(endpoint, bodyOf(Keypair.generate()))).toEqual([
      403,
      refusal('permission denied'),
    ])
  })
})

describe('faults', () => {
  const inject = (origin: string, calls: string) =>
    fetch(`${origin}/faults`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ calls }),
    })

  test.each([
    ['http-500', 500, refusal('internal server error')],
    ['refuse', 400, refusal(`${INVALID} injected fault: refused`)],
    ['broken-bytes', 200, Buffer.from([0xff, 0xff, 0xff, 0x01]).toString()],
  ])('%s', async (kind, status, text) => {
    const sandbox = await aSandbox()
    const request = await aRequest()
    await inject(sandbox.origin, kind)
    expect(await createIntent(sandbox.endpoint, aBody(request))).toEqual([status, text])
    expect(await sandbox.json(`/traces/${idOf(request)}`)).toMatchObject([
      { from: 'shop', says: 'createIntent', answer: `injected fault: ${kind}`, well: false },
    ])
    await inject(sandbox.origin, 'none')
    expect((await sandbox.status(idOf(request))).exists).toBe(false)
  })

  test('silent', async () => {
    const { origin, endpoint } = await aSandbox()
    await inject(origin, 'silent')
    const signal = AbortSignal.timeout(200)
    await expect(fetch(`${endpoint}/getStatus?intent=${DESTINATION}`, { signal })).rejects.toThrow('timeout')
  })
})

describe('the trace', () => {
  test('shows the calls beside those of the other interface', async () => {
    const sandbox = await aSandbox()
    const request = await aRequest()
    const { url } = await aReceiver()
    await createIntent(sandbox.endpoint, aBody(request, { webhook: url }))
    await statusOf(sandbox.endpoint, `?intent=${idOf(request)}`)
    await sandbox.create({})
    await webhook.register({
      mode: 'payment',
      intent: idOf(request),
      url,
      endpoint: sandbox.endpoint,
    } as never)
    await createIntent(sandbox.endpoint, aBody(request, { signature: 'x' }))
    const call = { from: 'shop', to: 'sequencer' }
    expect(await sandbox.json(`/traces/${idOf(request)}`)).toMatchObject([
      { ...call, says: `createIntent: 0.25 USD to ${DESTINATION}`, answer: 'OK: the intent is created' },
      { ...call, says: `createIntent: the webhook ${url}`, answer: 'OK' },
      { ...call, says: 'getStatus', answer: 'not submitted yet' },
      { ...call, says: `registerWebhook ${url}`, answer: 'ALREADY_REGISTERED' },
      { ...call, says: 'createIntent', answer: 'rejected: signature is invalid', well: false },
    ])
  })

  test('reports amounts that Code’s Go SDK truncates, which sends no Content-Type', async () => {
    const sandbox = await aSandbox()
    const cut = aBillOf(0.29)
    await httpPost(`${sandbox.endpoint}/createIntent`, JSON.stringify(aBody(cut)))
    expect(await sandbox.json(`/traces/${idOf(cut)}`)).toMatchObject([
      { says: `createIntent: 0.29 USD to ${DESTINATION}` },
      { says: expect.stringContaining('the id belongs to 0.28, the message says 0.29'), well: false },
    ])
    const whole = aBillOf(0.28)
    await httpPost(`${sandbox.endpoint}/createIntent`, JSON.stringify(aBody(whole)))
    expect(await sandbox.json(`/traces/${idOf(whole)}`)).toHaveLength(1)
  })

  test('would tell it of 1,145 of the prices from 0.05 to 250.00', () => {
    const prices = Array.from({ length: 24_996 }, (_none, index) => (index + 5) / 100)
    const keypair = Keypair.fromSeed(createHash('sha256').update('any').digest() as never)
    const template = aBillOf(1, keypair)
    const bill = template.message?.kind.value as RequestToReceiveBill
    const isCut = (nativeAmount: number) => {
      bill.exchangeData = { case: 'partial', value: new ExchangeDataWithoutRate({ nativeAmount }) }
      return findCut(template) !== undefined
    }
    const cut = prices.filter(isCut)
    expect([cut.length, ...cut.slice(0, 4)]).toEqual([1145, 0.29, 0.57, 0.58, 1.13])
  })
})

/** Posts without any Content-Type, which `fetch` would add. */
function httpPost(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST' }, (res) => {
      res.resume()
      res.on('end', () => resolve(res.statusCode))
    })
    sent.on('error', reject).end(body)
  })
}
