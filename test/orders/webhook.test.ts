import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import express from 'express'
import supertest from 'supertest'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import type { TestShop } from '../support/shop.ts'
import { aShopWithAnOrder } from '../support/webhook-shop.ts'
import { aFolder } from '../support/workplace.ts'

const vector = JSON.parse(readFileSync('test/support/vectors/code-webhook.json', 'utf8'))

function eventsOf(shop: TestShop): Promise<unknown[]> {
  return shop.query('SELECT verdict, times_seen FROM events ORDER BY first_seen_at, verdict')
}

describe('a signed event', () => {
  test('that pays the address of a product is orphaned, also before the database knows that address', async () => {
    const { publicKey: own } = aSequencerKey()
    const catalogFolder = aFolder()
    cpSync('test/support/catalog', catalogFolder, { recursive: true })
    const product = readFileSync('test/support/catalog/other.md', 'utf8')
    writeFileSync(join(catalogFolder, 'other.md'), product.replace('kind:', `destination: ${own}\nkind:`))
    const { deliver, offer, key, shop } = await aShopWithAnOrder({ catalogFolder })
    const lost = { ...claimsOf(offer), intent: vector.publicKey, destination: own }
    await deliver(signed(lost, key.privateKey)).expect(200)
    expect(await eventsOf(shop)).toEqual([{ verdict: 'orphaned', times_seen: 1 }])
  })

  test('with our order’s claims pays it; the answer is exactly 200', async () => {
    const { deliver, token, isOpen, shop } = await aShopWithAnOrder()
    await deliver(token).expect(200)
    expect(await isOpen()).toBe(true)
    expect(await eventsOf(shop)).toEqual([{ verdict: 'applied', times_seen: 1 }])
  })

  test('delivered many times at once is one payment, and 200 each time', async () => {
    const { deliver, token, isOpen, shop } = await aShopWithAnOrder()
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(token)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await isOpen()).toBe(true)
    expect(await eventsOf(shop)).toEqual([{ verdict: 'applied', times_seen: 20 }])
  })

  test('that is replayed again and again is counted each time, but logged once for each verdict', async () => {
    const { deliver, token, offer, key, shop } = await aShopWithAnOrder()
    const mismatched = signed({ ...claimsOf(offer), amount: 9 }, key.privateKey)
    const linesAbout = (verdict: string) => shop.logged.filter((line) => line.verdict === verdict).length
    for (let time = 0; time < 5; time++) {
      await Promise.all([deliver(token).expect(200), deliver(token).expect(200)])
      await deliver(mismatched).expect(200)
    }
    expect(await eventsOf(shop)).toEqual([
      { verdict: 'applied', times_seen: 10 },
      { verdict: 'mismatched', times_seen: 5 },
    ])
    expect(['applied', 'duplicate', 'mismatched'].map(linesAbout)).toEqual([1, 1, 1])
  })

  test.each([
    ['amount', 0.26, 'ordered 0.25 usd, claimed 0.26 usd'],
    ['amount', '0.25', 'ordered 0.25 usd, claimed no valid amount in usd'],
    ['currency', 'EUR', 'ordered 0.25 usd, claimed 0.25 eur'],
    [
      'destination',
      'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
      'ordered for E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR, claimed for codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
    ],
    ['state', 'PENDING', 'the state is PENDING'],
  ])(
    'with another %s (%p) is answered 200, pays nothing, and raises an alert that says: %s',
    async (claim, value, difference) => {
      const { deliver, offer, key, isOpen, shop } = await aShopWithAnOrder()
      await deliver(signed({ ...claimsOf(offer), [claim]: value }, key.privateKey)).expect(200)
      expect(await isOpen()).toBe(false)
      expect(await eventsOf(shop)).toEqual([{ verdict: 'mismatched', times_seen: 1 }])
      expect(shop.logged).toContainEqual(
        expect.objectContaining({ alert: true, intent: offer.id, difference }),
      )
    },
  )

  test('for an intent that is not ours, a login or a test is answered 200 and pays nothing', async () => {
    const { deliver, offer, key, isOpen, shop } = await aShopWithAnOrder()
    await deliver(signed({ ...claimsOf(offer), intent: vector.publicKey }, key.privateKey)).expect(200)
    await deliver(signed({ user: vector.publicKey, state: 'SUBMITTED' }, key.privateKey)).expect(200)
    await deliver(
      signed({ string: 'string_value', int: 42, float: 123.45, bool: true }, key.privateKey),
    ).expect(200)
    expect(await isOpen()).toBe(false)
    expect(await eventsOf(shop)).toHaveLength(3)
  })

  test('that Code has published for everybody verifies, and never pays for anything', async () => {
    const { shop } = await aShopWithAnOrder({ config: { publicKeys: [vector.publicKey] } })
    await shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(vector.jwt).expect(200)
    expect(await eventsOf(shop)).toEqual([{ verdict: 'orphaned', times_seen: 1 }])
  })
})

describe('what is refused', () => {
  test.each([
    ['no JWS at all', 'hello', 400],
    ['an empty body', '', 400],
    ['another key', signed({ intent: 'x' }, aSequencerKey().privateKey), 401],
  ])('%s', async (_what, token, status) => {
    const { deliver, shop } = await aShopWithAnOrder()
    await deliver(token).expect(status)
    expect(await eventsOf(shop)).toEqual([])
  })

  test.each(['application/json', 'text/plain', 'application/octet-stream', 'application/jose'])(
    '%s, and the answer says what came instead',
    async (type) => {
      const { shop, token, isOpen } = await aShopWithAnOrder()
      const { body } = await shop
        .request()
        .post('/webhook')
        .set('Content-Type', type)
        .send(type === 'application/json' ? JSON.stringify(token) : token)
        .expect(415)
      expect(body.detail).toContain(type)
      expect(await isOpen()).toBe(false)
    },
  )

  test('a compressed body, and the answer says so', async () => {
    const { shop, token } = await aShopWithAnOrder()
    const response = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/jwt', 'Content-Encoding': 'gzip' }
      const req = rawRequest(`${shop.url}/webhook`, { method: 'POST', headers }, async (res) => {
        const chunks: Buffer[] = []
        for await (const chunk of res) chunks.push(chunk as Buffer)
        resolve({ status: res.statusCode, text: Buffer.concat(chunks).toString() })
      })
      req.on('error', reject).end(gzipSync(token))
    })
    expect(response.status).toBe(415)
    expect(response.text).toContain('gzip')
  })

  test('more than 16 kB', async () => {
    const { deliver } = await aShopWithAnOrder()
    await deliver(`a.${'b'.repeat(17_000)}.c`).expect(413)
  })

  test.each(['get', 'put', 'delete', 'patch'] as const)('the method %s', async (method) => {
    const { shop } = await aShopWithAnOrder()
    await shop.request()[method]('/webhook').expect(405).expect('Allow', 'POST')
  })
})

describe('a rejection is logged', () => {
  const warningsOf = (shop: { logged: Record<string, unknown>[] }) =>
    shop.logged.filter(({ level, msg }) => level === 40 && /^webhooks are rejected/.test(String(msg)))

  test.each([
    [
      'a wrong key',
      'application/jwt',
      signed({ intent: 'x' }, aSequencerKey().privateKey),
      401,
      'event-not-trusted',
      /^eyJ/,
    ],
    ['a gateway’s content type', 'text/plain', 'eyJhbGciOi', 415, 'media-type-unsupported', /^eyJhbGciOi$/],
    [
      'a gateway’s page',
      'application/jwt',
      '<html>\n\u001b[31mpardon',
      400,
      'event-malformed',
      /^<html>\\x0a\\x1b\[31mpardon$/,
    ],
    ['too much', 'application/jwt', 'x'.repeat(17_000), 413, 'body-too-large', /^x{60}$/],
  ])('by one warning: %s', async (_what, type, body, status, code, received) => {
    const { shop } = await aShopWithAnOrder()
    for (let delivery = 0; delivery < 3; delivery++)
      await shop.request().post('/webhook').set('Content-Type', type).send(body).expect(status)
    expect(warningsOf(shop)).toEqual([
      expect.objectContaining({
        code,
        count: 1,
        contentType: type,
        received: expect.stringMatching(received),
      }),
    ])
  })

  test.each([
    ['Content-Encoding', `gzip${'x'.repeat(100)}`, `gzip${'x'.repeat(56)}`],
    ['Content-Type', `text/${'x'.repeat(100)}`, `text/${'x'.repeat(55)}`],
  ])('with no more than the beginning of its %s', async (name, sent, logged) => {
    const { shop } = await aShopWithAnOrder()
    await shop.request().post('/webhook').set('Content-Type', 'application/jwt').set(name, sent).expect(415)
    const [warning] = warningsOf(shop)
    expect(warning?.reason).toContain(logged)
    expect(JSON.stringify(warning)).not.toContain(`${logged}x`)
  })

  test('by one warning that names redirects, when it comes as a GET', async () => {
    const { shop } = await aShopWithAnOrder()
    for (let look = 0; look < 3; look++) await shop.request().get('/webhook').expect(405)
    await shop.request().options('/webhook').expect(204)
    await shop.request().get('/webhook?check').expect(405) // as the shop’s own checks ask
    const warnings = shop.logged.filter(({ level }) => level === 40)
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'method-not-allowed',
        count: 1,
        msg: expect.stringContaining('redirect'),
      }),
    ])
    expect((await shop.request().get('/metrics').expect(200)).text).toContain(
      'nickel_webhook_rejections_total{reason="method-not-allowed"} 3\n',
    )
    await shop.writeRejections()
    expect(await shop.query('SELECT reason, count FROM rejections')).toEqual([
      { reason: 'method-not-allowed', count: 3 },
    ])
  })

  test.each([
    ['once, as an alert, if twenty were not trusted and none was', 1],
    ['as no alert once one was trusted', 0],
  ])('%s', async (_how, alerts) => {
    const { shop, deliver, token } = await aShopWithAnOrder()
    if (alerts === 0) await deliver().expect(200)
    const forged = `${token.slice(0, -8)}AAAAAAAA`
    for (let delivery = 0; delivery < 45; delivery++) await deliver(forged).expect(401)
    expect(shop.logged.filter(({ alert }) => alert).map(({ msg }) => msg)).toEqual(
      Array.from({ length: alerts }, () => expect.stringContaining('CODE_PUBLIC_KEY is wrong')),
    )
  })

  test('but a database that is away is no rejection', async () => {
    const { shop, deliver, token } = await aShopWithAnOrder()
    await shop.db.close()
    await deliver(token)
    expect(warningsOf(shop)).toEqual([])
  })
})

describe('the route', () => {
  test('works inside an app that parses every JSON body first', async () => {
    const { shop, token, isOpen } = await aShopWithAnOrder()
    const outer = express().use(express.json(), express.urlencoded({ extended: true }))
    outer.use((req, res) => shop.handle(req, res))
    await supertest(outer).post('/webhook').set('Content-Type', 'application/jwt').send(token).expect(200)
    expect(await isOpen()).toBe(true)
  })

  test('asks nobody where the request comes from, and never redirects', async () => {
    const { shop, token } = await aShopWithAnOrder()
    await shop
      .request()
      .post('/webhook')
      .set({ 'Content-Type': 'application/jwt', Origin: 'https://elsewhere.example' })
      .send(token)
      .expect(200)
    await shop.request().post('/webhook/').set('Content-Type', 'application/jwt').send(token).expect(200)
  })

  test('takes a type with parameters and in capitals', async () => {
    const { shop, token, isOpen } = await aShopWithAnOrder()
    await shop
      .request()
      .post('/webhook')
      .set('Content-Type', 'Application/JWT; charset=utf-8')
      .send(token)
      .expect(200)
    expect(await isOpen()).toBe(true)
  })

  test('answers 503 and never 200 while the database is locked, and pays when the event comes again', async () => {
    const { shop, deliver, token, isOpen } = await aShopWithAnOrder()
    const other = new Sqlite(shop.databaseFile)
    other.exec('BEGIN IMMEDIATE')
    await deliver(token).expect(503).expect('Retry-After', '2')
    other.exec('COMMIT')
    other.close()
    expect(await isOpen()).toBe(false)
    await deliver(token).expect(200)
    expect(await isOpen()).toBe(true)
  })
})
