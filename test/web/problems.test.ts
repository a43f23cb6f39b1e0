import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { en } from '../../server/texts/index.ts'
import { isErrorCode, problemIn } from '../../server/web/problems.ts'
import { aShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const TABLE = `title: A table
kind: download
file: table.csv
summary: Prices by day.`

const DOUGH = `title: A pass for dough
kind: donation
summary: For flour.`

async function aShopWith(products: Record<string, string>) {
  const catalogFolder = aFolder()
  for (const [name, fields] of Object.entries(products))
    writeFileSync(join(catalogFolder, `${name}.md`), `---\n${fields}\n---\nSome words.\n`)
  writeFileSync(join(catalogFolder, 'table.csv'), 'day,price\n')
  return aShop({ catalogFolder })
}

test('docs/problems.md lists every problem, and whether it helps to wait', () => {
  const rows = readFileSync('docs/problems.md', 'utf8').matchAll(/^\| `(.*)` \| (\d+) \| (.*) \| (.*) \|$/gm)
  const listed = [...rows].map(([, code, status, title, again]) => ({
    code,
    status: Number(status),
    title,
    helpsToWait: again === 'after `Retry-After`',
  }))
  const codes = Object.keys(en.problems).filter(isErrorCode).sort()
  const all = codes.map((code) => {
    const { status, title, retryAfter } = problemIn(code, en)
    return { code, status, title, helpsToWait: retryAfter !== undefined }
  })
  expect(listed).toEqual(all)
})

describe('a problem tells a program', () => {
  test.each([
    ['a field that is missing', {}, [{ field: 'product', reason: 'missing' }]],
    [
      'fields that are invalid or unknown',
      { product: 1, price: 2 },
      [
        { field: 'product', reason: 'invalid' },
        { field: 'price', reason: 'unknown' },
      ],
    ],
    [
      'the currencies in which a product is sold',
      { product: 'table', currency: 'chf' },
      [{ field: 'currency', reason: 'invalid', currencies: ['usd', 'eur'] }],
    ],
    [
      'that an amount isn’t the buyer’s to choose',
      { product: 'table', hundredths: 500 },
      [{ field: 'hundredths', reason: 'unknown' }],
    ],
    [
      'which amount is missing',
      { product: 'dough' },
      [{ field: 'hundredths', reason: 'missing', from: 100, to: 25_000 }],
    ],
    [
      'which amounts can be chosen',
      { product: 'dough', hundredths: 1 },
      [{ field: 'hundredths', reason: 'invalid', from: 100, to: 25_000 }],
    ],
  ])('%s', async (_what, sent, errors) => {
    const shop = await aShopWith({
      table: `${TABLE}\nprice: [5 usd, 4 eur]`,
      dough: `${DOUGH}\nprice: { from: 1 usd, suggest: [3 usd] }`,
    })
    const { body } = await shop.request().post('/create-intent').send(sent).expect(400)
    expect(body).toMatchObject({ type: '/problems/request-invalid', errors })
  })

  test('nothing of fields where the whole body can’t be read', async () => {
    const send = (await aShop()).request().post('/create-intent').type('json')
    const { body } = await send.send('{"product": ').expect(400)
    expect(body).not.toHaveProperty('errors')
  })

  test('which types of content an address accepts, and that none may be compressed', async () => {
    const shop = await aShop()
    const send = (path: string) => shop.request().post(path).type('text/plain').send('x').expect(415)
    expect((await send('/create-intent')).headers.accept).toBe('application/json')
    const { headers } = await send('/redemptions')
    expect(headers.accept).toBe('application/json, application/x-www-form-urlencoded')
    const zipped = shop.request().post('/create-intent').set('Content-Encoding', 'gzip').send({})
    expect((await zipped.expect(415)).headers).toMatchObject({ 'accept-encoding': 'identity' })
  })

  test('how a file that it has not bought is ordered, in each currency', async () => {
    const shop = await aShopWith({ table: `${TABLE}\nprice: [5 usd, 4 eur]` })
    const program = shop.browser()
    const { body } = await program.get('/products/table/file').expect(402)
    expect(body.offers).toEqual([
      {
        product: 'table',
        title: 'A table',
        amount: 500,
        currency: 'usd',
        prices: [
          { amount: 500, currency: 'usd' },
          { amount: 400, currency: 'eur' },
        ],
        order: { method: 'POST', path: '/create-intent', body: { product: 'table' } },
        state: { method: 'GET', path: '/intents/{id}' },
      },
    ])
    const [{ order, state }] = body.offers
    const { body: offer } = await program
      .post(order.path)
      .send({ ...order.body, currency: 'eur' })
      .expect(200)
    await shop.approve(offer.id)
    expect((await program.get(state.path.replace('{id}', offer.id)).expect(200)).body.state).toBe('paid')
    await program.get('/products/table/file').expect(200)
  })
})
