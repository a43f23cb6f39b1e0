import { PaymentRequestIntent } from '@code-wallet/intents'
import { expect, test } from '@jest/globals'
import { aPayment, aReceiver, aSandbox, DESTINATION, post } from './a-sandbox.ts'

const create = (origin: string, fields: object) =>
  post(`${origin}/wallet/requests`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  })

test('a line of curl makes an intent with its webhook, and gets the client secret', async () => {
  const sandbox = await aSandbox()
  const { url, received } = await aReceiver()
  const response = await create(sandbox.origin, {
    amount: 29,
    currency: 'USD',
    destination: DESTINATION,
    webhook: url,
  })
  const made = (await response.json()) as Record<string, string>
  expect([response.status, response.headers.get('Location')]).toEqual([
    201,
    `/wallet/requests/${made.intent}`,
  ])
  expect(made).toMatchObject({ kind: 'payment', state: 'pending', amount: 29, currency: 'usd', webhook: url })
  const options = aPayment({ amount: 0.29, clientSecret: made.clientSecret })
  expect(new PaymentRequestIntent(options).getIntentId()).toBe(made.intent)
  await sandbox.approve(made.intent ?? '')
  await sandbox.sandbox.deliverDue()
  expect(received).toHaveLength(1)
})

test('it is marked as a convenience that Code never had', async () => {
  const { origin, json } = await aSandbox()
  const response = await create(origin, { amount: 25, currency: 'usd' })
  const { intent, destination, note } = (await response.json()) as Record<string, string>
  expect(note).toContain('Code has no such call')
  expect(await json(`/traces/${intent}`)).toMatchObject([
    {
      from: 'wallet',
      says: `POST /wallet/requests, a convenience that Code never had: 0.25 USD to ${destination}`,
    },
  ])
})

test('JSON that curl calls a form is rejected with the type that it needs', async () => {
  const { origin } = await aSandbox()
  const response = await post(`${origin}/wallet/requests`, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: '*/*' },
    body: '{"amount":25,"currency":"usd"}',
  })
  expect(response.status).toBe(415)
  expect(await response.text()).toContain('Content-Type: application/json')
})

test('a form leads to the wallet', async () => {
  const { origin } = await aSandbox()
  const response = await post(`${origin}/wallet/requests`, {
    body: new URLSearchParams({ amount: '25', currency: 'usd', webhook: '' }),
  })
  expect([response.status, response.headers.get('Location')]).toEqual([
    303,
    expect.stringMatching(/^\/pay\/\w+$/),
  ])
})

test('what Code would refuse is refused with a sentence, and nothing is made', async () => {
  const sandbox = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname === '127.0.0.1' })
  const right = { amount: 25, currency: 'usd' }
  const wrong: [object, string][] = [
    [{}, 'amount must be a whole number of hundredths: 25 for 0.25'],
    [{ ...right, amount: 0.25 }, 'amount must be a whole number of hundredths'],
    [{ ...right, amount: 4 }, 'usd currency has a minimum amount of 0.05.'],
    [{ ...right, amount: 25_001 }, 'usd currency has a maximum amount of 250.00.'],
    [{ ...right, currency: 'xxx' }, 'currency must be one of the currencies of Code'],
    [{ ...right, currency: 'kin' }, 'kin currency has a minimum amount of 5000.00.'],
    [{ ...right, destination: 'x' }, 'destination must be a deposit address'],
    [{ ...right, destination: '11111111111111111111111111111111' }, 'is not a deposit account'],
    [{ ...right, webhook: 5 }, 'webhook must be a URL'],
    [{ ...right, webhook: 'ftp://127.0.0.1/' }, 'url scheme must be http or https'],
  ]
  for (const [fields, sentence] of wrong) {
    const response = await create(sandbox.origin, fields)
    const { detail } = (await response.json()) as { detail: string }
    expect([fields, response.status, detail]).toEqual([fields, 400, expect.stringContaining(sentence)])
  }
  const elsewhere = await create(sandbox.origin, { ...right, webhook: 'http://192.0.2.1/' })
  expect(await elsewhere.json()).toMatchObject({
    status: 403,
    detail: expect.stringContaining('not allowed to send webhooks to http://192.0.2.1/'),
  })
  expect(await sandbox.json('/wallet/requests')).toEqual([])
})

test('it may be in any currency of Code, and in kin', async () => {
  const { origin } = await aSandbox()
  for (const [currency, amount] of Object.entries({ jpy: 800, kwd: 100, kin: 500_000, eur: 5 }))
    expect([currency, (await create(origin, { currency, amount })).status]).toEqual([currency, 201])
})
