import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { newId } from '../../db/index.ts'
import { recordAction } from '../../db/queries/actions.ts'
import { en } from '../../server/texts/index.ts'
import { HTML, signIn } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop } from '../support/shop.ts'

onSqliteAndPostgres((engine) => {
  test('the log has each action once, newest first, over several pages', async () => {
    const shop = await aShop({ engine })
    const merchant = await signIn(shop)
    for (let index = 0; index < 120; index++) {
      shop.clock.advance(1_000)
      await recordAction(shop.db, { what: `action-${index}`, session: undefined }, shop.clock.now())
    }
    const seen: string[] = []
    let path: string | undefined = '/desk/audit-log'
    for (let pages = 0; path; pages++) {
      const { text }: { text: string } = await merchant.get(path).set(HTML).expect(200)
      seen.push(...[...text.matchAll(/<strong>([^<]*)/g)].map(([, what = '']) => what))
      path = /href="(\/desk\/audit-log\?before=[^"]*)"/.exec(text)?.[1]
      expect(pages).toBeLessThan(4)
    }
    const actions = Array.from({ length: 120 }, (_, index) => `action-${119 - index}`)
    expect(seen.slice(0, 120)).toEqual(actions)
    expect(seen.slice(120).sort()).toEqual(['Made a sign-in link', 'Signed in'])
  })
})

describe('an entry', () => {
  test('says what, to what, who, when, and what was before and after', async () => {
    const shop = await aShop({ env: { TIME_ZONE: 'America/New_York' } })
    const merchant = await signIn(shop)
    const [session] = await shop.query('SELECT id FROM desk_sessions')
    shop.clock.advance(1)
    const subject = newId(shop.clock.now())
    const action = {
      what: 'refund-recorded',
      subject,
      session: String(session?.id),
      before: { leftHundredths: 25, currency: 'eur', links: 1, note: null, verdict: 'orphaned' },
      after: {
        refundedHundredths: 15,
        endsAccess: false,
        links: 1,
        expiresAt: shop.clock.now(),
        verdict: 'applied',
      },
    }
    await recordAction(shop.db, action, shop.clock.now())
    const { text } = await merchant.get('/desk/audit-log').set(HTML)
    expect(text).toContain('<strong>Recorded a refund</strong>')
    expect(text).toContain(`<a href="/desk/orders/${subject}"><code>${subject}</code></a>`)
    expect(
      [...text.matchAll(/<dt>(.*)<\/dt><dd>(.*)<\/dd>/g)].map(([, ...fact]) => fact).slice(0, 6),
    ).toEqual([
      ['Left before', '€0.25'],
      ['Refunded', '€0.15'],
      ['Ended access', 'no'],
      ['Links issued', '1'],
      ['Expires', '31 Dec 2025, 19:00:00'],
      ['Verdict', 'orphaned → applied'],
    ])
    expect(text).toContain(
      '<time datetime="2026-01-01T00:00:00.001Z" title="1 Jan 2026, 00:00:00 UTC">31 Dec 2025, 19:00:00</time>',
    )
    expect(text).toContain('All times are in America/New_York.')
  })

  test('of an order leads there, and one of a buyer or an event there', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    for (const action of [
      { what: 'link-issued', subject: 'an-order', before: { links: 0 } },
      { what: 'link-issued', subject: 'a-buyer' },
      { what: 'event-dismissed', subject: 'an-event' },
      { what: 'order-honoured', subject: 'another', before: { state: 'paid-twice' } },
      { what: 'orders-exported', after: { file: 'orders.csv', currency: 'usd', min: '1' } },
    ])
      await recordAction(shop.db, { session: undefined, ...action }, shop.clock.now())
    const { text } = await merchant.get('/desk/audit-log').set({ ...HTML, 'Accept-Language': 'de' })
    for (const path of ['orders/an-order', 'buyers/a-buyer', 'events/an-event', 'orders/another'])
      expect(text).toContain(`href="/desk/${path}"`)
    expect(text).toContain('<dt>State before</dt><dd>Paid twice</dd>')
    expect(text).toContain('<dt>Currency</dt><dd>usd</dd>')
    expect(text).toContain('<html lang="en">')
  })

  test('shows markup as text', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    const evil = '<img src=x onerror=alert(1)>'
    const action = {
      what: evil,
      subject: evil,
      session: undefined,
      before: { [evil]: evil },
      after: { [evil]: 1 },
    }
    await recordAction(shop.db, action, shop.clock.now())
    expect((await merchant.get('/desk/audit-log').set(HTML)).text).not.toContain('<img')
  })
})

test.each(['', 'x', '~', '019b7787d400', 'a'.repeat(5_000), '%00', '019b7787d400-1-2-3-4-5 OR 1=1'])(
  'there is no page of the log at %j',
  async (before) => {
    const merchant = await signIn(await aShop())
    const { body } = await merchant.get('/desk/audit-log').query({ before }).expect(400)
    expect(body.type).toBe('/problems/request-invalid')
  },
)

test('a page of the log that is named twice is none', async () => {
  const merchant = await signIn(await aShop())
  await merchant.get('/desk/audit-log?before=019b7787d400&before=019b7787d401').expect(400)
})

test('every action of the desk has words', () => {
  const files = ['server/desk', 'db/queries'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const sources = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'))
  const recorded = sources.filter((source) => /recordAction|asActionParameters|\bAction\b/.test(source))
  const names = recorded.flatMap((source) =>
    [...source.matchAll(/\bwhat: '([\w-]+)'/g)].map(([, name = '']) => name),
  )
  expect(names).toContain('sign-in')
  expect(names.filter((name) => !Object.hasOwn(en.desk.access.actions, name))).toEqual([])
})
