import { paymentIntents } from '@code-wallet/client'
import { Keypair } from '@code-wallet/keys'
import { RegisterWebhookRequest } from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import { aPayment, aReceiver, aSandbox, call } from './a-sandbox.ts'

const URL = 'http://127.0.0.1:1/webhook'
const aStranger = () => Keypair.generate().getPublicKey().toBase58()

describe('registering a webhook', () => {
  test('works once for an intent, and the first one stays', async () => {
    const { create, register, json } = await aSandbox()
    const intent = await create()
    expect(await register(intent, URL)).toBe('ok')
    expect(await register(intent, 'http://127.0.0.1:2/other')).toBe('already_registered')
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({ webhook: URL })
  })

  test('works together with creating the intent', async () => {
    const { endpoint, json } = await aSandbox()
    const { id } = await paymentIntents.create(aPayment({ endpoint, webhook: { url: URL } }))
    expect(await json(`/wallet/requests/${id}`)).toMatchObject({ webhook: URL })
  })

  test('fails for an intent that nobody asked for', async () => {
    const { register } = await aSandbox()
    expect(await register(aStranger(), URL)).toBe('request_not_found')
  })

  test('fails for a paid intent, even with its webhook', async () => {
    const { create, register, approve } = await aSandbox()
    const intent = await create()
    await register(intent, URL)
    await approve(intent)
    expect(await register(intent, URL)).toBe('intent_exists')
  })

  test('complains of the URL before anything else', async () => {
    const { register } = await aSandbox()
    expect(await register(aStranger(), 'ftp://127.0.0.1/')).toBe('invalid_url')
  })

  test.each([
    ['no URL', 'webhook'],
    ['another scheme', 'ftp://127.0.0.1/webhook'],
    ['a script', 'javascript:alert(1)'],
    ['capitals in the host', 'http://Localhost/webhook'],
    ['an underscore in the host', 'http://my_shop.localhost/webhook'],
    ['a host that says something else than it seems', 'http://127.1/webhook'],
    ['an umlaut in the host', 'http://bücher.localhost/webhook'],
    ['a password', 'http://me:secret@127.0.0.1/webhook'],
    ['no host', 'http:///webhook'],
    ['backslashes', 'http:\\\\127.0.0.1\\webhook'],
    ['a host name that leads nowhere', `http://${'a'.repeat(64)}.localhost/webhook`],
    ['thousands of characters', `http://127.0.0.1/${'a'.repeat(2_000)}`],
  ])('fails for a URL with %s', async (_case, url) => {
    const { create, register } = await aSandbox()
    expect(await register(await create(), url)).toBe('invalid_url')
  })

  test.each([
    ['http://localhost:8080/webhook'],
    ['http://127.0.0.1/'],
    ['https://127.0.0.1:8443/a?b=c'],
    ['http://[::1]:3030/webhook'],
    ['HTTP://127.0.0.1/Web_Hook'],
  ])('takes %s', async (url) => {
    const { create, register } = await aSandbox()
    expect(await register(await create(), url)).toBe('ok')
  })

  test('fails for a URL that the policy does not allow', async () => {
    const { url } = await aReceiver()
    const { create, register } = await aSandbox({ allowsWebhookTo: ({ href }) => href === url })
    const intent = await create()
    expect(await register(intent, 'http://127.0.0.1:1/elsewhere')).toBe('invalid_url')
    expect(await register(intent, url)).toBe('ok')
  })

  test('fails for a port of another host, in which Code sees a part of the host’s name', async () => {
    const sandbox = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname !== '192.0.2.1' })
    const intent = await sandbox.create()
    expect(await sandbox.register(intent, 'https://192.0.2.1:8443/webhook')).toBe('invalid_url')
    expect(await sandbox.json(`/traces/${intent}`)).toContainEqual(
      expect.objectContaining({ answer: expect.stringContaining('disallowed rune U+003A') }),
    )
    expect(await sandbox.register(intent, 'http://127.0.0.99:8080/webhook')).toBe('ok')
  })

  test('of bytes that are no intent is refused', async () => {
    const { endpoint } = await aSandbox()
    const answer = await call(
      endpoint,
      'MicroPayment.registerWebhook',
      new RegisterWebhookRequest({ url: URL }),
    )
    expect(answer.message).toBe('intent id must have 32 bytes')
  })
})
