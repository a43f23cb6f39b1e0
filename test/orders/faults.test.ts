import type { ServerResponse } from 'node:http'
import { paymentIntents } from '@code-wallet/client'
import { Common, RegisterWebhookResponse, RegisterWebhookResponse_Result } from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import {
  answer500,
  answerBrokenBytes,
  hangUp,
  loseAnswer,
  onCall,
  onCalls,
  refuse,
  staySilent,
} from '../support/faults.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'

const create = (shop: TestShop, browser = shop.browser()) =>
  browser.post('/create-intent').send({ product: 'article' })

describe('Code rejects', () => {
  test.each([
    ['code account E8otxw1C is not a deposit account', 502, 'intent-refused'],
    ['domain is invalid: x', 502, 'intent-refused'],
    ['USD currency has a maximum amount of 0.20', 422, 'amount-unpayable'],
    ['USD currency has a minimum amount of 0.50', 422, 'amount-unpayable'],
    ['USD currency is not currently supported', 422, 'amount-unpayable'],
  ])(
    '"%s": %d, the reason is in the log, and no client secret is given out',
    async (reason, status, code) => {
      const shop = await aShop()
      shop.disturb(onCall('sendMessage', refuse(reason), shop.sequencerUrl))
      const { body, text } = await create(shop).expect(status)
      expect(body).toMatchObject({ type: `/problems/${code}` })
      expect(text).not.toContain('clientSecret')
      const loud = shop.logged.filter(({ level }) => Number(level) >= 40)
      const intent = (await shop.query('SELECT id FROM intents'))[0]?.id
      expect(loud).toEqual([expect.objectContaining({ level: 50, intent, product: 'article', reason })])
    },
  )
})

describe('Code does not answer as it should', () => {
  test.each([
    ['HTTP 500', answer500, 502],
    ['broken bytes', answerBrokenBytes, 502],
    ['a connection that is cut', hangUp, 502],
    ['silence', staySilent, 504],
  ])('%s: the order stays, and the next try sends the same intent', async (_what, fault, status) => {
    const shop = await aShop()
    const browser = shop.browser()
    shop.disturb(onCall('sendMessage', fault, shop.sequencerUrl))
    const { text } = await create(shop, browser).expect(status)
    expect(text).not.toContain('clientSecret')
    const stored = await storedIntents(shop)
    expect(stored).toHaveLength(1)
    shop.disturb(undefined)
    expect((await order(browser)).id).toBe(stored[0])
  })

  test('a lost answer: the same intent is sent again, and is accepted again', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    shop.disturb(onCall('sendMessage', loseAnswer, shop.sequencerUrl))
    await create(shop, browser).expect(502)
    shop.disturb(undefined)
    const offer = await order(browser)
    expect(await storedIntents(shop)).toEqual([offer.id])
    await shop.pay(offer.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('several times in a row: the circuit opens, says so at once, and browsing goes on', async () => {
    const shop = await aShop()
    let calls = 0
    shop.disturb((_req, res) => {
      calls++
      res.writeHead(500).end()
    })
    for (let failure = 0; failure < 5; failure++) await create(shop).expect(502)
    const asked = calls
    const { body, headers } = await create(shop).expect(503)
    expect(body).toMatchObject({ type: '/problems/sequencer-down' })
    expect(headers['retry-after']).toBe('10')
    expect(calls).toBe(asked)
    await shop.browser().get('/products/article').expect(200)
  })
})

const registration = (result: RegisterWebhookResponse_Result) => {
  const body = new RegisterWebhookResponse({ result }).toBinary()
  return ({ res }: { res: ServerResponse }) => res.end(Buffer.from(new Common.Response({ body }).toBinary()))
}

describe('the webhook’s registration', () => {
  test('that finds no request shows that the intent is not there: 502', async () => {
    const shop = await aShop()
    shop.disturb(
      onCall(
        'registerWebhook',
        registration(RegisterWebhookResponse_Result.REQUEST_NOT_FOUND),
        shop.sequencerUrl,
      ),
    )
    const { text } = await create(shop).expect(502)
    expect(text).not.toContain('clientSecret')
  })

  test.each([
    ['an invalid URL', registration(RegisterWebhookResponse_Result.INVALID_URL)],
    ['a registration that is there already', registration(RegisterWebhookResponse_Result.ALREADY_REGISTERED)],
    ['a refusal', refuse('no')],
    ['HTTP 500', answer500],
    ['silence', staySilent],
  ])('%s does not stop the sale: the order is found paid by asking', async (_what, fault) => {
    const shop = await aShop()
    const browser = shop.browser()
    shop.disturb(onCall('registerWebhook', fault, shop.sequencerUrl))
    const offer = await order(browser)
    shop.disturb(undefined)
    await shop.approve(offer.id)
    const { body } = await browser.get(`/intents/${offer.id}`).expect(200)
    expect(body.state).toBe('paid')
  })

  test('with a result that the shop doesn’t know is none, and the log says so', async () => {
    const shop = await aShop()
    const unknown = registration(99 as RegisterWebhookResponse_Result)
    shop.disturb(onCall('registerWebhook', unknown, shop.sequencerUrl))
    await order(shop.browser())
    expect(await shop.query('SELECT registration FROM intents')).toEqual([{ registration: 'unknown' }])
    const warnings = shop.logged.filter(({ registration }) => registration === 'unknown')
    expect(warnings).toEqual([expect.objectContaining({ level: 40 })])
  })

  test('that worked is not forgotten when it fails for the same order again', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await order(browser)
    const registered = () =>
      shop.query('SELECT registration, registered_at, webhook_url, sent_at, confirmed_at FROM intents')
    const first = await registered()
    shop.clock.advance(1_000)
    shop.disturb(onCall('registerWebhook', answer500, shop.sequencerUrl))
    await order(browser)
    expect(await registered()).toEqual(first)
    expect(first).toMatchObject([{ registration: 'ok' }])
  })

  test('stays that of the address at which the order was offered first, where Code delivers', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    const address = () => shop.query('SELECT webhook_url FROM intents')
    const first = await address()
    await shop.restart({ webhookUrl: () => 'https://elsewhere.example.org/webhook' })
    expect((await order(browser)).id).toBe(id)
    expect(await address()).toEqual(first)
  })

  test('that finds the intent paid leads to the goods', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    let approval: Promise<void> | undefined
    shop.disturb(
      onCall(
        'registerWebhook',
        async ({ res, forward }) => {
          const [intent] = await storedIntents(shop)
          approval ??= shop.approve(intent ?? '')
          await approval
          res.end(await forward())
        },
        shop.sequencerUrl,
      ),
    )
    await create(shop, browser).expect(409)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('a request that somebody else registered first', () => {
  /** Between storing and sending, someone who knows the client secret sends their own request for the same intent. */
  function usurp(shop: TestShop, destination: string) {
    let usurped = false
    return onCall(
      'sendMessage',
      async ({ res, forward }) => {
        if (!usurped) {
          usurped = true
          const clientSecret = await storedClientSecret(shop)
          const endpoint = `${shop.sequencerUrl}/v1`
          shop.disturb(undefined)
          await paymentIntents.create({
            mode: 'payment',
            amount: 0.25,
            currency: 'usd',
            destination,
            clientSecret,
            endpoint,
          })
        }
        res.end(await forward())
      },
      shop.sequencerUrl,
    )
  }

  test('is not ours: it is dropped for a new intent, and its payment pays nothing', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    shop.disturb(usurp(shop, 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'))
    const offer = await order(browser)
    const [usurped] = (await storedIntents(shop)).filter((intent) => intent !== offer.id)
    await shop.approve(usurped ?? '')
    shop.clock.advance(60_000)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).not.toContain('PAID-PART')
    await shop.pay(offer.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('an intent that Code knows from another request', () => {
  test.each([
    'destination mismatches original request',
    'original request is verified',
    "original request isn't verified",
    'original request configured 1 fee takers',
  ])('every time is refused in the end, and no client secret is given out: %s', async (reason) => {
    const shop = await aShop()
    shop.disturb(onCall('sendMessage', refuse(reason), shop.sequencerUrl))
    const { text } = await create(shop).expect(502)
    expect(text).not.toContain('clientSecret')
    expect(await storedIntents(shop)).toHaveLength(3)
  })

  test('as paid, although our own request was never confirmed, is dropped for a new one: nobody paid us', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    let calls = 0
    const fault = refuse('client submitted intent')
    shop.disturb(
      onCall(
        'sendMessage',
        async ({ res, forward }) => (calls++ === 0 ? fault({ res }) : res.end(await forward())),
        shop.sequencerUrl,
      ),
    )
    const offer = await order(browser)
    const stored = await storedIntents(shop)
    expect(stored).toHaveLength(2)
    await shop.pay(offer.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('a rejected request for the status doesn’t reject the intent', () => {
  test('that is there already, as its webhook’s registration says', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const exists = registration(RegisterWebhookResponse_Result.INTENT_EXISTS)
    shop.disturb(onCalls({ registerWebhook: exists, getStatus: refuse('no') }, shop.sequencerUrl))
    const { id } = await order(browser)
    shop.disturb(undefined)
    await shop.approve(id)
    expect((await browser.get(`/intents/${id}`)).body.state).toBe('paid')
  })

  test('whose creation got an empty answer: the next try sends it again', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const empty = ({ res }: { res: ServerResponse }) => res.end()
    shop.disturb(onCalls({ sendMessage: empty, getStatus: refuse('no') }, shop.sequencerUrl))
    const { body } = await create(shop, browser).expect(502).expect('Retry-After', '5')
    expect(body).toMatchObject({ type: '/problems/sequencer-failed' })
    shop.disturb(undefined)
    expect([(await order(browser)).id]).toEqual(await storedIntents(shop))
    expect(await shop.query('SELECT refused_at FROM intents')).toEqual([{ refused_at: null }])
  })
})

describe('an open order is offered again', () => {
  test('while Code reports no status', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    shop.disturb(onCall('getStatus', answer500, shop.sequencerUrl))
    expect((await order(browser)).id).toBe(id)
  })

  test('and stays one that a status may pay, although the second answer of Code says nothing', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    const empty = ({ res }: { res: ServerResponse }) => res.end()
    shop.disturb(onCall('sendMessage', empty, shop.sequencerUrl))
    expect((await order(browser)).id).toBe(id)
    shop.disturb(undefined)
    await shop.approve(id)
    expect((await browser.get(`/intents/${id}`)).body.state).toBe('paid')
  })
})

test('an older order whose status Code doesn’t report doesn’t end the sales of its product', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  const old = await order(browser)
  shop.clock.advance(2 * 3_600_000)
  shop.disturb(onCall('getStatus', refuse('no'), shop.sequencerUrl))
  expect((await order(browser)).id).not.toBe(old.id)
})

test('an older order of which Code does not answer stops the next one: it may be paid', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  await order(browser)
  shop.clock.advance(2 * 3_600_000)
  shop.disturb(onCall('getStatus', answer500, shop.sequencerUrl))
  await create(shop, browser).expect(502)
})

async function storedIntents(shop: TestShop): Promise<string[]> {
  const intents = await shop.query('SELECT id FROM intents ORDER BY created_at')
  return intents.map(({ id }) => String(id))
}

async function storedClientSecret(shop: TestShop): Promise<string> {
  const [intent] = await shop.query('SELECT client_secret FROM intents')
  return String(intent?.client_secret)
}
