import { expect, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { judgeArrival } from '../../server/checks/judge-arrival.ts'
import { lookForProbes } from '../../server/orders/index.ts'
import { aPatient, aProxyTo, CLIENT, SHOP } from '../support/doctor.ts'
import { type Engine, onSqliteAndPostgres, sqlite } from '../support/engines.ts'
import { aShop } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

/** A live shop, or one in sandbox mode, that looks out for probes, and a doctor with the same database. */
async function aRunningShop({
  engine = sqlite,
  mode = 'live',
  env = {},
}: {
  engine?: Engine
  mode?: 'live' | 'sandbox'
  env?: Record<string, string>
} = {}) {
  const shop = await aShop({
    engine,
    config: { mode },
    env: { PUBLIC_URL: SHOP, TRUST_PROXY: 'loopback', ...env },
  })
  const lookout = setInterval(() => lookForProbes(shop.shop), 10)
  later(() => clearInterval(lookout))
  const patient = await aPatient({ env: { CODE_MODE: mode } })
  const examine = async () =>
    patient.examine({ databaseUrl: shop.databaseUrl }, { now: shop.clock.now(), only: ['webhook'] })
  return { shop, patient, examine, lookout }
}

onSqliteAndPostgres((engine) => {
  test('a delivery that arrives as it was sent is fine, and leaves nothing behind', async () => {
    const { shop, patient, examine } = await aRunningShop({ engine })
    await patient.host(SHOP, aProxyTo(shop.url))
    const { of } = await examine()
    expect(of('round-trip')).toMatchObject({
      verdict: expect.stringMatching(/^(?:fine|look-at-this)$/), // on a busy machine, it takes its time
      meaning: expect.stringMatching(
        /^It arrived as it was sent \(POST, application\/jwt, \d{3} bytes\).* in \d+ ms\./,
      ),
    })
    expect(of('client-address')).toMatchObject({ verdict: 'fine', meaning: expect.stringContaining(CLIENT) })
    expect(await shop.query('SELECT * FROM probes')).toEqual([])
    await shop.writeRejections()
    expect(await shop.query('SELECT * FROM rejections')).toEqual([]) // it is no sign of anything wrong
    expect(shop.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
  })
})

test('a forged client address that the shop believes is broken, and so is one of its own network', async () => {
  const { shop, patient, examine } = await aRunningShop()
  await patient.host(SHOP, aProxyTo(shop.url, { headers: (headers) => headers })) // it passes on what the client says
  expect((await examine()).of('client-address')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('believed'),
    todo: expect.stringContaining('replace X-Forwarded-For'),
  })
  patient.network.resolve = async () => ['127.0.1.1'] // then the proxy may believe this machine only
  expect((await examine()).of('client-address').verdict).toBe('could-not-check')
  patient.network.resolve = async () => ['198.51.100.7']
  const without = ({ 'x-forwarded-for': _, ...headers }: object & { 'x-forwarded-for'?: unknown }) => headers
  await patient.host(SHOP, aProxyTo(shop.url, { headers: without }))
  expect((await examine()).of('client-address')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('All buyers share one rate limit'),
    todo: expect.stringContaining('TRUST_PROXY=loopback'),
  })
})

test('whoever asks learns nothing from the answer: it is the one for any body that nobody has signed', async () => {
  const { shop, patient, examine } = await aRunningShop()
  const answers: string[] = []
  const noted = aProxyTo(shop.url, {
    answer: (text, headers) => {
      answers.push(JSON.stringify([text, { ...headers, date: '' }]))
      return { text, headers }
    },
  })
  await patient.host(SHOP, noted)
  await examine()
  const stranger = await shop
    .request()
    .post('/webhook')
    .set({ Host: 'shop.example.org', 'Content-Type': 'application/jwt' })
    .send(`eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.e30.${'A'.repeat(86)}`)
  expect(stranger.status).toBe(401)
  const [text] = JSON.parse(answers[0] ?? '')
  expect(text).toBe(stranger.text)
  expect(answers).toHaveLength(1)
})

test.each([
  [
    'a redirect',
    { status: 301, headers: { Location: 'https://www.example.org/webhook' } },
    /redirect to https:\/\/www/,
  ],
  [
    'a page that asks whether one is human',
    { status: 403, headers: { Server: 'edge' } },
    /403 by edge.*not the shop’s/,
  ],
  ['a proxy without a shop', { status: 502, headers: {} }, /502/],
])('%s instead of the shop is broken', async (_what, { status, headers }, meaning) => {
  const { patient, examine } = await aRunningShop()
  await patient.host(SHOP, (_req, res) => res.writeHead(status, headers).end('<p>Hello</p>'))
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringMatching(meaning),
  })
})

test('no host, and one that hears and never answers, are broken', async () => {
  const { patient, examine } = await aRunningShop()
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('refused the connection. Code cannot deliver webhooks.'),
  })
  await patient.host(SHOP, () => undefined)
  const { of, report } = await patient.examine(
    { databaseUrl: (await aRunningShop()).shop.databaseUrl },
    { only: ['webhook'], deadlineMs: 500 },
  )
  expect(of('round-trip').verdict).toMatch(/broken|could-not-check/)
  expect(report.ms).toBeLessThan(3_900) // below the time that the round trip has otherwise
})

test('webhooks of the sandbox in the shop don’t come by the public address, so nothing is broken', async () => {
  const { examine } = await aRunningShop({ mode: 'sandbox' })
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringMatching(/^(?!.*by polling).*test money are found at once all the same/),
  })
})

test('a body or a type that is changed on the way is broken', async () => {
  const { shop, patient, examine } = await aRunningShop()
  await patient.host(SHOP, aProxyTo(shop.url, { body: (body) => Buffer.concat([body, Buffer.from('A')]) }))
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringMatching(/^A shop answered “[a-z-]+” \(HTTP status 400\)/),
  })
  const asText = (headers: object) => ({
    ...headers,
    'content-type': 'text/plain',
    'x-forwarded-for': CLIENT,
  })
  await patient.host(SHOP, aProxyTo(shop.url, { headers: asText }))
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('arrived as POST with text/plain'),
  })
})

test('another shop at the address is broken, although it answers as a shop does', async () => {
  const { patient, examine } = await aRunningShop()
  const other = await aShop()
  await patient.host(SHOP, aProxyTo(other.url))
  expect((await examine()).of('round-trip')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('another shop, or one with another database'),
  })
})

test('without a running shop, a database or its table, it could not be checked, and nothing is changed', async () => {
  const patient = await aPatient()
  const verdict = async () => (await patient.examine({}, { only: ['webhook'] })).of('round-trip')
  expect(await verdict()).toMatchObject({
    verdict: 'could-not-check',
    meaning: expect.stringContaining('not ready'),
  })
  await patient.makeDatabase()
  expect(await verdict()).toMatchObject({
    verdict: 'could-not-check',
    meaning: expect.stringContaining('No running shop'),
  })
  expect(await sqlite.query(patient.config.databaseUrl, 'SELECT * FROM probes')).toEqual([])
  await sqlite.execute(
    patient.config.databaseUrl,
    "DROP TABLE probes; DELETE FROM migrations WHERE name LIKE '%probes%'",
  )
  expect(await verdict()).toMatchObject({
    verdict: 'could-not-check',
    meaning: expect.stringContaining('not ready'),
  })
  expect(
    await sqlite.query(patient.config.databaseUrl, "SELECT name FROM sqlite_schema WHERE name = 'probes'"),
  ).toEqual([])
}, 20_000)

test('a shop without probes asks its database nothing about a rejected delivery', async () => {
  const shop = await aShop()
  await lookForProbes(shop.shop)
  const reads: string[] = []
  const db = {
    ...shop.db,
    read: async (sql: string) => {
      reads.push(sql)
      return []
    },
    write: async () => {
      reads.push('write')
      return []
    },
  }
  Object.assign(shop.shop, { db })
  await shop.request().post('/webhook').type('application/jwt').send('nonsense').expect(400)
  expect(reads).toEqual([])
})

test.each([
  [900, 'fine'],
  [1_200, 'look-at-this'],
  [3_100, 'broken'],
])('an answer after %i ms is %s', (ms, verdict) => {
  const body = Buffer.from('{"type":"https://shop.example.org/problems/event-not-trusted"}')
  const arrival = { method: 'POST', contentType: 'application/jwt', length: 600, client: CLIENT, peer: '::1' }
  const trip = { answer: { status: 401, headers: {}, body, ms }, arrival }
  expect(judgeArrival(trip, { publicUrl: SHOP, type: 'application/jwt', late: '' }).verdict).toBe(verdict)
})

test('a database that only others have open gives no answer, and its probe is deleted', async () => {
  const patient = await aPatient()
  const { databaseUrl: url, mode } = patient.config
  const db = await openDatabase({ url, mode }) // a shop of an earlier version, or one that hangs
  later(() => db.close())
  const { of } = await patient.examine({}, { only: ['webhook'] })
  expect(of('round-trip')).toMatchObject({
    verdict: 'could-not-check',
    meaning: expect.stringContaining('No running shop'),
  })
  expect(await sqlite.query(url, 'SELECT * FROM probes')).toEqual([])
}, 20_000)
