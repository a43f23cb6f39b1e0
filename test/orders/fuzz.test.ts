import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { isPaid } from '../support/database.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aShop, order } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 300 })
const DECIDING = ['intent', 'currency', 'amount', 'destination', 'state'] as const

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const base64 = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url'))
const type = fc.oneof(
  { weight: 9, arbitrary: fc.constant('application/jwt') },
  {
    weight: 1,
    arbitrary: oneOf(
      'application/json',
      'text/plain',
      'application/jwt; charset=utf-16',
      'x',
      'application/JWT ;a=b',
    ),
  },
)
const coding = fc.option(oneOf('gzip', 'br', 'identity', 'deflate', 'x'), { freq: 8 })

/** What differs from a true token's claims: each of the deciding ones may, and at least one does. */
const falsehood = fc
  .record(
    Object.fromEntries(DECIDING.map((claim) => [claim, fc.oneof(fc.jsonValue(), fc.double(), fc.string())])),
    { requiredKeys: [] },
  )
  .filter((changes) => Object.keys(changes).length > 0)

/** Any claims beside these: they change nothing. */
const extras = fc.dictionary(
  fc.string().filter((name) => !DECIDING.includes(name as never)),
  fc.jsonValue(),
  { maxKeys: 4 },
)

test(
  `/webhook: whatever comes is answered, and only the truth pays (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    const key = aSequencerKey()
    const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
    const browser = shop.browser()
    const truth = claimsOf(await order(browser))
    const good = signed(truth, key.privateKey)
    const file = new Sqlite(shop.databaseFile, { readonly: true })
    later(() => file.close())
    const payments = file.prepare('SELECT COUNT(*) FROM payments').pluck()

    const mutatedToken = fc
      .tuple(fc.nat(good.length), fc.nat(3), fc.string({ maxLength: 3 }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut))
    const isFalse = (changes: Record<string, unknown>) =>
      Object.entries(changes).some(([claim, value]) => {
        const is = (truth as Record<string, unknown>)[claim]
        return typeof value === 'string' && claim === 'currency' ? value.toUpperCase() !== is : value !== is
      })
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map(Buffer.from),
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.tuple(base64, base64, base64).map((parts) => parts.join('.')),
      fc.json().map((payload) => signed(payload, aSequencerKey().privateKey)),
      mutatedToken,
      fc.jsonValue().map((payload) => signed(JSON.stringify(payload), key.privateKey)),
      fc.string({ unit: 'binary' }).map((payload) => signed(payload, key.privateKey)),
      fc
        .tuple(extras, falsehood)
        .filter(([, changes]) => isFalse(changes))
        .map(([more, changes]) => signed(JSON.stringify({ ...more, ...truth, ...changes }), key.privateKey)),
      fc
        .dictionary(fc.string(), fc.jsonValue())
        .map((header) => signed(truth, aSequencerKey().privateKey, { alg: 'EdDSA', ...header })),
    )

    await fc.assert(
      fc.asyncProperty(body, type, coding, async (sent, contentType, contentEncoding) => {
        if (sent === good) return
        const headers = {
          'Content-Type': contentType,
          ...(contentEncoding && { 'Content-Encoding': contentEncoding }),
        }
        const { status } = await fetch(`${shop.url}/webhook`, { method: 'POST', headers, body: sent })
        expect([200, 400, 401, 413, 415]).toContain(status)
        expect(payments.get()).toBe(0)
      }),
      run,
    )
    const unexpected = shop.logged.filter(({ level, alert }) => Number(level) >= 50 && !alert)
    expect(unexpected).toEqual([])
    await shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(good).expect(200)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  },
  TIMEOUT_MS,
)

test(
  `/webhook: true claims pay, whatever stands beside them (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    const key = aSequencerKey()
    const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
    await fc.assert(
      fc.asyncProperty(
        extras,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        async (more, exchangeRate) => {
          const offer = await order(shop.browser())
          const payload = JSON.stringify({ ...more, ...claimsOf(offer), exchangeRate })
          await shop
            .request()
            .post('/webhook')
            .set('Content-Type', 'application/jwt')
            .send(signed(payload, key.privateKey))
            .expect(200)
          expect(await isPaid(shop.db, offer.id)).toBe(true)
        },
      ),
      { ...run, numRuns: Math.min(run.numRuns, 30) },
    )
  },
  TIMEOUT_MS,
)
