import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { aCatalogWithADonation } from '../support/donation.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aShop } from '../support/shop.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 200 })
const PRICES: Record<string, unknown> = {
  article: { amount: 25, currency: 'usd' },
  download: { amount: 500, currency: 'jpy' },
  other: { amount: 10, currency: 'eur' },
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const slug = fc.oneof(
  oneOf(...Object.keys(PRICES)),
  oneOf('nothing', '__proto__', 'constructor', '../article', 'ARTICLE', 'article ', ''),
  fc.string(),
)
const field = oneOf(
  'product',
  'amount',
  'hundredths',
  'currency',
  'price',
  'destination',
  'id',
  'clientSecret',
  '__proto__',
  'constructor',
  'product ',
)
const json = fc.oneof(
  { weight: 3, arbitrary: slug.map((product) => JSON.stringify({ product })) },
  {
    weight: 3,
    arbitrary: fc.dictionary(field, fc.oneof(slug, fc.jsonValue())).map((fields) => JSON.stringify(fields)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: slug.map((product) => `{"product":"other","product":${JSON.stringify(product)}}`) },
)
const body = fc.oneof(
  { weight: 6, arbitrary: json },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 1_500 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
)
const plain = fc.string({ unit: fc.constantFrom(...'abcdef0123456789=;, -_.%"'), maxLength: 60 })
const headers = fc.record(
  {
    'Content-Type': fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: oneOf(
          'text/plain',
          'application/json; charset=latin1',
          'application/x-www-form-urlencoded',
          'x',
        ),
      },
    ),
    Cookie: fc.oneof(
      plain,
      plain.map((text) => `buyer=${text}`),
      oneOf('buyer=', `buyer=${'a'.repeat(32)}`, 'buyer=j:{"a":1}', 'buyer=s:x', '__proto__=x'),
    ),
    Origin: oneOf('null', 'https://elsewhere.example'),
    Accept: oneOf('text/html', '*/*', 'application/json', 'x/y', ''),
    'X-Forwarded-For': plain,
  },
  { requiredKeys: ['Content-Type'] },
)

test(
  `/create-intent: whatever comes is answered, and prices come from the catalogue (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1000000' } })
    await fc.assert(
      fc.asyncProperty(body, headers, async (sent, others) => {
        const given = Object.fromEntries(
          Object.entries(others).filter(([name, value]) => name !== 'Origin' || value === 'null'),
        )
        const answer = await fetch(`${shop.url}/create-intent`, {
          method: 'POST',
          headers: given,
          body: sent,
        })
        const text = await answer.text()
        if (answer.status !== 200) {
          expect([400, 403, 404, 413, 415]).toContain(answer.status)
          return
        }
        const { product, ...rest } = JSON.parse(String(sent)) as Record<string, unknown>
        expect(rest).toEqual({})
        expect(JSON.parse(text)).toMatchObject({
          ...(PRICES[String(product)] as object),
          destination: shop.config.destination,
        })
      }),
      run,
    )
    expect(shop.logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
    await shop.request().post('/create-intent').send({ product: 'article' }).expect(200)
  },
  TIMEOUT_MS,
)

test(
  `/create-intent: an amount is taken only as a whole number within its limits (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    const shop = await aShop({
      env: { CREATE_INTENT_PER_MINUTE: '1000000' },
      catalogFolder: aCatalogWithADonation(),
    })
    const amount = fc.oneof(
      fc.integer({ min: 90, max: 25_010 }),
      fc.double({ min: 90, max: 25_010 }),
      oneOf<unknown>(99, 100, 25_000, 25_001, 2 ** 53, -100, '300', [300], true),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(amount, async (hundredths) => {
        const isPayable =
          Number.isInteger(hundredths) && Number(hundredths) >= 100 && Number(hundredths) <= 25_000
        const answer = await shop.request().post('/create-intent').send({ product: 'tea', hundredths })
        expect(answer.status).toBe(isPayable ? 200 : 400)
        if (isPayable) expect(answer.body).toMatchObject({ amount: hundredths, currency: 'usd' })
      }),
      run,
    )
  },
  TIMEOUT_MS,
)
