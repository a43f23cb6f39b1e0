import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aShop, order } from '../support/shop.ts'
import { later, listen } from '../support/workplace.ts'
import { type BadWebhook, badWebhooks, chanceOf } from './bad-webhooks/index.ts'

const { SEED } = fuzzing({ runs: 1 })
const AT_ONCE = 10
const LIMIT_MS = 10_000 // none hangs; how fast they are is no matter of this test
const vector = JSON.parse(readFileSync('test/support/vectors/code-webhook.json', 'utf8'))

/** A shop with two open orders of one browser, and everything that must not pay the first of them. */
async function aShopUnderAttack() {
  const key = aSequencerKey()
  const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
  const browser = shop.browser()
  const claims = claimsOf(await order(browser))
  const otherClaims = claimsOf(await order(browser, 'other'))
  const asked: string[] = []
  const trap = await listen((req, res) => {
    asked.push(req.url ?? '')
    res.end('{}')
  })
  const target = { ...key, claims, otherClaims, trapUrl: trap.url, chance: chanceOf(SEED) }
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  later(() => agent.destroy())
  const file = new Sqlite(shop.databaseFile, { readonly: true })
  later(() => file.close())
  const rows = file.prepare(
    'SELECT (SELECT COUNT(*) FROM payments) + (SELECT COUNT(*) FROM entitlements) + (SELECT COUNT(*) FROM intents WHERE client_secret IS NULL)',
  )
  return {
    shop,
    browser,
    target,
    asked,
    paidRows: () => rows.pluck().get(),
    token: signed(claims, key.privateKey),
    deliver: (one: Pick<BadWebhook, 'body' | 'headers'>) => deliver(`${shop.url}/webhook`, one, agent),
  }
}

function deliver(url: string, { body, headers }: Pick<BadWebhook, 'body' | 'headers'>, agent: Agent) {
  const sentAt = performance.now()
  return new Promise<{ status: number | undefined; ms: number }>((resolve, reject) => {
    const req = request(
      url,
      { method: 'POST', headers: { ...headers, 'Content-Length': body.length }, agent },
      (res) => {
        res.resume().once('end', () => resolve({ status: res.statusCode, ms: performance.now() - sentAt }))
      },
    )
    req.once('error', reject).end(body)
  })
}

test(`of over a thousand bad webhooks none pays, none breaks anything, and a good one works afterwards (SEED=${SEED})`, async () => {
  const { shop, browser, target, asked, paidRows, token, deliver } = await aShopUnderAttack()
  const all = badWebhooks(target)
  expect(all.length).toBeGreaterThanOrEqual(1_000)

  const wrong: unknown[] = []
  let slowest = 0
  while (all.length > 0 && paidRows() === 0) {
    const some = all.splice(-AT_ONCE)
    const answers = await Promise.all(some.map(deliver))
    slowest = Math.max(slowest, ...answers.map(({ ms }) => ms))
    some.forEach(({ family, what, statuses }, index) => {
      const status = answers[index]?.status ?? 0
      if (!statuses.includes(status)) wrong.push({ family, what, status })
    })
    if (paidRows() !== 0) wrong.push({ paid: some.map(({ family, what }) => `${family}: ${what}`) })
  }
  expect(wrong).toEqual([])
  expect(slowest).toBeLessThan(LIMIT_MS)
  expect(asked).toEqual([])
  for (const slug of ['article', 'other'])
    expect((await browser.get(`/products/${slug}`).expect(200)).text).not.toContain('PAID-PART')
  const errors = shop.logged.filter(({ level, alert }) => Number(level) >= 50 && !alert)
  expect(errors).toEqual([])

  const good = { body: Buffer.from(token), headers: { 'Content-Type': 'application/jwt' } }
  expect(await deliver(good)).toMatchObject({ status: 200 })
  expect((await browser.get('/products/article').expect(200)).text).toContain('PAID-PART-OF-ARTICLE')
  expect((await browser.get('/products/other').expect(200)).text).not.toContain('PAID-PART')
}, 120_000)

test('the webhook that Code has published verifies under Code’s key, and pays nothing, not even to its own destination', async () => {
  const shop = await aShop({
    config: { publicKeys: [vector.publicKey], destination: JSON.parse(vector.payload).destination },
  })
  const browser = shop.browser()
  await order(browser)
  for (let time = 0; time < 3; time++)
    await shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(vector.jwt).expect(200)
  expect((await browser.get('/products/article')).text).not.toContain('PAID-PART')
})
