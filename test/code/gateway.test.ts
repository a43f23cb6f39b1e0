import { paymentIntents, webhook } from '@code-wallet/client'
import { Common, GetStatusResponse, SendMessageResponse } from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import {
  createIntent,
  getStatus,
  openGateway,
  prepareIntent,
  registerWebhook,
} from '../../server/code/gateway.ts'
import { silentLog } from '../support/silent-log.ts'
import { listen } from '../support/workplace.ts'

const OFFER = {
  hundredths: 25,
  currency: 'usd',
  destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
  fees: '',
}
const PARTNER = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'
const URL = 'https://shop.example.org/webhook'

/** What the sequencer answers to a request that it keeps. */
function accepted(): Uint8Array {
  const body = new SendMessageResponse({ messageId: { value: new Uint8Array(16) } }).toBinary()
  return new Common.Response({ body }).toBinary()
}

/** An endpoint that accepts everything and keeps what it got. */
async function anEndpoint() {
  const got: { path: string; type: string | undefined; body: string }[] = []
  const { url } = await listen(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const { method } = Common.Request.fromBinary(Buffer.concat(chunks))
    got.push({
      path: `${req.method} ${req.url}`,
      type: req.headers['content-type'],
      body: Buffer.concat(chunks).toString('hex'),
    })
    res.end(Buffer.from(method === 'sendMessage' ? accepted() : new Common.Response().toBinary()))
  })
  return { endpoint: `${url}/v1`, got }
}

describe('the sequencer gets the same from the gateway as from the SDK’s own functions', () => {
  test('creating an intent with its webhook, and asking for its status', async () => {
    const { endpoint, got } = await anEndpoint()
    const prepared = prepareIntent(OFFER)
    const gateway = openGateway(endpoint, silentLog)
    await createIntent(gateway, prepared)
    await registerWebhook(gateway, prepared.id, URL)
    await getStatus(gateway, prepared.id)
    const ours = got.splice(0)

    const { clientSecret, id } = await paymentIntents.create({
      mode: 'payment',
      amount: 0.25,
      currency: 'usd',
      destination: OFFER.destination,
      clientSecret: prepared.clientSecret,
      webhook: { url: URL },
      endpoint,
    })
    await paymentIntents.getStatus({ intent: id, endpoint })
    expect({ clientSecret, id }).toEqual({ clientSecret: prepared.clientSecret, id: prepared.id })
    expect(ours).toEqual(got)
    expect(ours).toHaveLength(3)
  })

  test('registering alone', async () => {
    const { endpoint, got } = await anEndpoint()
    const { id } = prepareIntent(OFFER)
    await registerWebhook(openGateway(endpoint, silentLog), id, URL)
    await webhook.register({ intent: id, url: URL, endpoint } as never)
    expect(got[0]).toEqual(got[1])
  })
})

describe('an intent', () => {
  test('is another one each time, and the same one again from its client secret', () => {
    const [one, other] = [prepareIntent(OFFER), prepareIntent(OFFER)]
    expect(one.id).not.toBe(other.id)
    expect(prepareIntent(OFFER, one.clientSecret).id).toBe(one.id)
  })

  test('is another one for another amount or currency, and the same for another destination', () => {
    const { id, clientSecret } = prepareIntent(OFFER)
    expect(prepareIntent({ ...OFFER, hundredths: 26 }, clientSecret).id).not.toBe(id)
    expect(prepareIntent({ ...OFFER, currency: 'eur' }, clientSecret).id).not.toBe(id)
    expect(
      prepareIntent({ ...OFFER, destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR' }, clientSecret)
        .id,
    ).toBe(id)
  })

  test('with fees is another one than without, and asks Code for them', async () => {
    const { id, clientSecret } = prepareIntent(OFFER)
    const withFees = prepareIntent({ ...OFFER, fees: `${PARTNER} 250` }, clientSecret)
    expect(withFees.id).not.toBe(id)
    const { message } = await withFees.intent.getSendMessageRequestProto()
    expect(message?.kind.value).toMatchObject({ additionalFees: [{ feeBps: 250 }] })
  })
})

test.each([
  [200, 'ok'],
  [201, 'ok'],
  [204, 'sequencer-failed'],
  [304, 'sequencer-failed'],
  [307, 'sequencer-failed'],
  [404, 'sequencer-failed'],
  [503, 'sequencer-failed'],
])('an envelope with the HTTP status %i: %s', async (status, expected) => {
  const { url } = await listen((_req, res) => res.writeHead(status).end(Buffer.from(accepted())))
  const gateway = openGateway(`${url}/v1`, silentLog)
  const creating = createIntent(gateway, prepareIntent(OFFER)).then(() => 'ok')
  expect(await creating.catch(({ code }) => code)).toBe(expected)
})

test('the two failures that the SDK does not see are seen: a refusal with an empty body, and a missing stream', async () => {
  const answers = [
    new Common.Response({ result: Common.Response_Result.ERROR, message: 'no' }),
    new Common.Response({ result: Common.Response_Result.ERROR }),
    new Common.Response({ body: Uint8Array.of(0x08, 0x01) }),
  ]
  const { url } = await listen((_req, res) =>
    res.end(Buffer.from((answers.shift() ?? new Common.Response()).toBinary())),
  )
  const gateway = openGateway(`${url}/v1`, silentLog)
  await expect(createIntent(gateway, prepareIntent(OFFER))).rejects.toThrow('no')
  await expect(createIntent(gateway, prepareIntent(OFFER))).rejects.toThrow('no reason given')
  await expect(createIntent(gateway, prepareIntent(OFFER))).rejects.toThrow('NO_ACTIVE_STREAM')
})

describe('an answer that says nothing', () => {
  test('is no acceptance, unless a status shows that the intent is there', async () => {
    const exists = new Common.Response({
      body: new GetStatusResponse({ exists: true }).toBinary(),
    }).toBinary()
    const nothing = new Uint8Array()
    const answers = [nothing, nothing, nothing, exists]
    const { url } = await listen((_req, res) => res.end(Buffer.from(answers.shift() ?? nothing)))
    const gateway = openGateway(`${url}/v1`, silentLog)
    await expect(createIntent(gateway, prepareIntent(OFFER))).rejects.toMatchObject({
      code: 'sequencer-failed',
    })
    expect(await createIntent(gateway, prepareIntent(OFFER))).toBe(false) // there, but perhaps not ours
  })
})

test.each([
  [
    'an inner message that cannot be decoded',
    new Common.Response({ body: Uint8Array.of(0xff, 0xff) }).toBinary(),
  ],
  ['more than 64 kB', new Common.Response({ message: 'x'.repeat(70_000) }).toBinary()],
])('%s is a failure of the sequencer, whatever was called', async (_what, answer) => {
  const { url } = await listen((_req, res) => res.end(Buffer.from(answer)))
  const gateway = openGateway(`${url}/v1`, silentLog)
  const prepared = prepareIntent(OFFER)
  for (const call of [
    () => createIntent(gateway, prepared),
    () => registerWebhook(gateway, prepared.id, URL),
    () => getStatus(gateway, prepared.id),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'sequencer-failed' })
  }
})
