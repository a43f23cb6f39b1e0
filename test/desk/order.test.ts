import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { signIn } from '../support/desk.ts'
import { fillIn, orderOf, readPage, send, submit } from '../support/desk-forms.ts'
import { loseAnswer, onCall, refuse } from '../support/faults.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, codeOf, order, type ShopOptions } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

const MINUTE = 60_000
const DAY = 86_400_000

async function aDesk(options: ShopOptions = {}) {
  const shop = await aShop(options)
  const merchant = await signIn(shop)
  const pageOf = (id: string) => readPage(merchant, `/desk/orders/${id}`)
  return { shop, merchant, buyer: shop.browser(), pageOf }
}

/** The same, with the key that signs Code's events. */
async function aDeskWithKey() {
  const key = aSequencerKey()
  const desk = await aDesk({ config: { publicKeys: [key.publicKey] } })
  const deliver = (claims: object) =>
    desk.shop
      .request()
      .post('/webhook')
      .set('Content-Type', 'application/jwt')
      .send(signed(claims, key.privateKey))
      .expect(200)
  return { ...desk, deliver }
}

/** What the timeline says, without its times. */
function timelineOf(html: string): string[] {
  return [...html.matchAll(/<p class="timeline-what">(?:<a [^>]*>)?([^<]*)/g)].map(([, what = '']) => what)
}

describe('the page of an order', () => {
  test('is found by the order’s id and by its intent’s', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    const page = await pageOf(id)
    expect(page).toContain('Offered 0 ms ago, and not paid yet.')
    expect(page).toContain('<dt>To be paid to</dt>')
    const ownId = await orderOf(shop, id)
    expect(ownId).not.toBe(id)
    expect(await pageOf(ownId)).toContain(`<code>${id}</code>`)
  })

  test('tells the whole way of a payment, with the time between', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    const offer = await order(buyer)
    shop.clock.advance(83_000)
    await shop.pay(offer.id)
    const page = await pageOf(offer.id)
    expect(timelineOf(page)).toEqual([
      'Ordered for $0.25, and stored',
      'Sent to Code',
      'Confirmed by Code',
      'Webhook registered',
      'Webhook received: it matches the order',
      'Paid $0.25 by webhook',
    ])
    expect(page).toContain('>1 Jan 2026, 00:00:00</time>')
    expect(page).toMatch(/>00:01:23<\/time>\s*<span>\+1 min 23 s<\/span>/)
    expect(page).toContain('Paid by webhook, 1 min 23 s after it was ordered.')
    expect(page).toContain('(test money)')
    expect(page).toContain('<dt>Paid to</dt>')
  })

  test('tells of a payment that polling has found, although a webhook came later', async () => {
    const { shop, merchant, buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    await shop.approve(id)
    shop.clock.advance(MINUTE)
    await shop.pollDue()
    shop.clock.advance(MINUTE)
    await shop.sandbox.deliverDue()
    const page = await pageOf(id)
    expect(timelineOf(page).slice(-2)).toEqual([
      'Paid $0.25 by polling, before a webhook arrived',
      'Webhook received: it confirms the payment',
    ])
    expect(page).toContain('Paid by polling, before a webhook arrived, 1 min 0 s after it was ordered.')
    const eventPath = /\/desk\/events\/[0-9a-f]{64}/.exec(page)?.[0] ?? ''
    expect(await readPage(merchant, eventPath)).toContain('the event is its proof now')
  })

  test('tells in Code’s words why it rejected a request, and that it was offered again', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    shop.disturb(onCall('sendMessage', refuse('domain is <b>invalid</b>'), shop.sequencerUrl))
    await buyer.post('/create-intent').send({ product: 'article' }).expect(502)
    const [refused] = await shop.query('SELECT id FROM intents')
    const page = await pageOf(String(refused?.id))
    expect(timelineOf(page)).toEqual(['Ordered for $0.25, and stored', 'Rejected by Code'])
    expect(page).toContain('“domain is &lt;b&gt;invalid&lt;/b&gt;”')
    expect(page).not.toContain('<b>')
    shop.disturb(undefined)
    shop.clock.advance(MINUTE)
    const { id } = await order(buyer)
    expect(id).toBe(refused?.id)
    shop.clock.advance(MINUTE)
    await order(buyer)
    expect(timelineOf(await pageOf(id))).toEqual([
      'Ordered for $0.25, and stored',
      'Rejected by Code',
      'Sent to Code',
      'Confirmed by Code',
      'Webhook was registered already',
      'Offered again',
    ])
  })

  test('says that Code rejected a request for as long as that is its last answer', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    shop.clock.advance(MINUTE)
    shop.disturb(onCall('sendMessage', refuse('domain is invalid'), shop.sequencerUrl))
    await buyer.post('/create-intent').send({ product: 'article' }).expect(502)
    const page = await pageOf(id)
    expect(page).toContain('rejected it when the buyer tried again: “domain is invalid”')
    expect(page).toContain('the first request can still be paid')
    shop.disturb(undefined)
    shop.clock.advance(MINUTE)
    await order(buyer)
    expect(await pageOf(id)).toContain('Offered 0 ms ago, and not paid yet.')
  })

  test('tells why a webhook is not registered', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    shop.disturb(onCall('registerWebhook', refuse('no such luck'), shop.sequencerUrl))
    const { id } = await order(buyer)
    const page = await pageOf(id)
    expect(timelineOf(page)).toContain('Webhook not registered, so polling finds the payment')
    expect(page).toContain('no such luck')
  })

  test('tells that a status alone is not enough to pay a request that Code never confirmed', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    shop.disturb(onCall('sendMessage', loseAnswer, shop.sequencerUrl))
    await buyer.post('/create-intent').send({ product: 'article' })
    shop.disturb(undefined)
    const [intent] = await shop.query('SELECT id FROM intents')
    await shop.approve(String(intent?.id))
    for (let round = 0; round < 2; round++) {
      shop.clock.advance(MINUTE)
      await buyer.get(`/intents/${intent?.id}`)
    }
    const page = await pageOf(String(intent?.id))
    expect(timelineOf(page)).toEqual([
      'Ordered for $0.25, and stored',
      'Code says that it was paid, which isn’t enough',
    ])
    expect(page).toContain('it never confirmed the shop’s own request')
    expect(shop.logged.filter(({ alert }) => alert)).toHaveLength(1)
  })

  test('tells that a status alone is not enough where an event contradicts it, also once that is dismissed', async () => {
    const { shop, buyer, pageOf, deliver } = await aDeskWithKey()
    const offer = await order(buyer)
    await deliver({ ...claimsOf(offer), amount: 0.1 })
    await shop.approve(offer.id)
    shop.clock.advance(MINUTE)
    await shop.pollDue()
    expect(await pageOf(offer.id)).toContain(
      'Code reported a payment, but with other details than the order’s.',
    )
    await shop.query(`UPDATE events SET dismissed_at = 1, dismissed_by = 'x', dismissed_reason = 'x'`)
    const page = await pageOf(offer.id)
    expect(page).toContain('in an event that you dismissed, so the shop gives nothing for it.')
    expect(page).not.toContain('never confirmed')
  })

  test.each([
    ['client submitted intent', 'Code said that the former had been paid, but nothing proved it'],
    ['destination mismatches original request', 'Code knew the former from somebody else’s request'],
  ])('tells why Code was asked for another intent (%s)', async (reason, why) => {
    const { shop, buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    await shop.query('UPDATE intents SET confirmed_at = NULL')
    shop.clock.advance(MINUTE)
    const refused = onCall('sendMessage', refuse(reason), shop.sequencerUrl)
    shop.disturb((...call) => {
      shop.disturb(undefined)
      refused(...call)
    })
    expect((await order(buyer)).id).not.toBe(id)
    expect(timelineOf(await pageOf(id))).toContain(`Another intent, because ${why}`)
  })

  test('tells that nobody paid, and that a late payment would count', async () => {
    const { shop, buyer } = await aDesk()
    const { id } = await order(buyer)
    for (let round = 0; round < 3; round++) {
      shop.clock.advance(31 * DAY)
      await shop.pollDue()
    }
    const page = await readPage(await signIn(shop), `/desk/orders/${id}`)
    expect(timelineOf(page)).toContain('Polling ended; a late webhook would still count')
    expect(page).toContain('Nobody paid.')
  })

  test('tells who redeemed the order, and when its file was downloaded first', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    const offer = await order(buyer, 'download')
    await shop.pay(offer.id)
    const phone = shop.browser()
    shop.clock.advance(MINUTE)
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    for (let time = 0; time < 2; time++) {
      shop.clock.advance(MINUTE)
      await phone.get('/products/download/file').expect(200)
      await until(async () => (await shop.query('SELECT 1 FROM steps')).length > 0)
    }
    const page = await pageOf(offer.id)
    expect(timelineOf(page).slice(-2)).toEqual([
      'Redeemed in another browser',
      'Downloaded for the first time',
    ])
    expect(page).toContain('Redeemed the link from their wallet')
  })

  test('shows what a mismatched event claims, and what to do about it', async () => {
    const { buyer, pageOf, deliver } = await aDeskWithKey()
    const offer = await order(buyer)
    await deliver({ ...claimsOf(offer), amount: 0.1, destination: '<i>elsewhere</i>' })
    const page = await pageOf(offer.id)
    expect(page).toContain('Amount: ordered $0.25, claimed $0.10')
    expect(page).toContain('claimed &lt;i&gt;elsewhere&lt;/i&gt;')
    expect(page).toContain('Code reported a payment, but with other details than the order’s.')
  })

  test('shows the buyer’s other orders, and what has become of the product', async () => {
    const { buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    const other = await order(buyer, 'other')
    const page = await pageOf(id)
    expect(page).toContain('Unchanged')
    expect(page).toMatch(/<li><a href="\/desk\/orders\/[^"]+"[^>]*>[^<]+<\/a> <bdi>/)
    expect(await pageOf(other.id)).toContain(`The buyer’s other orders`)
  })
})

test('the product of an order is linked while strangers can open its page', async () => {
  const catalogFolder = aCatalogWithPasses()
  const { buyer, pageOf } = await aDesk({ catalogFolder })
  const { id } = await order(buyer, 'rye')
  const link = 'href="/products/rye"'
  expect(await pageOf(id)).toContain(link)
  const file = join(catalogFolder, 'rye.md')
  writeFileSync(file, readFileSync(file, 'utf8').replace('---\n', '---\ndraft: true\n'))
  expect(await pageOf(id)).not.toContain(link)
  expect(await pageOf(id)).toContain('Unchanged, but a draft')
  rmSync(file)
  expect(await pageOf(id)).not.toContain(link)
})

test('an order of a pass says what it gives, and that the product gives something else by now', async () => {
  const catalogFolder = aCatalogWithPasses()
  const { buyer, pageOf } = await aDesk({ catalogFolder })
  const change = (slug: string, from: string, to: string) => {
    const file = join(catalogFolder, `${slug}.md`)
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  }
  const ids = await Promise.all(
    ['bread-pass', 'everything', 'rye'].map(async (slug) => (await order(buyer, slug)).id),
  )
  const pages = async () => (await Promise.all(ids.map(pageOf))) as [string, string, string]
  const [before, all, rye] = await pages()
  expect(before).toMatch(/What it gives<\/dt><dd dir="auto">#bread for 30 days</)
  expect(all).toMatch(/What it gives<\/dt><dd dir="auto">all articles and downloads for 1 day</)
  expect(rye).not.toContain('What it gives')
  for (const page of [before, all, rye]) expect(page).toContain('>Unchanged<')
  change('bread-pass', 'opens: bread\ndays: 30', 'opens: tables\ndays: 7')
  change('everything', 'days: 1', 'days: 2')
  const [after, longer] = await pages()
  expect(after).toContain('#bread for 30 days<')
  expect(after).toContain('Bread for a month, $1.00, #tables for 7 days<')
  expect(longer).toContain('Everything, $2.00, all articles and downloads for 2 days<')
})

test('an order in another currency is compared with the price in that one, and a donation opens nothing', async () => {
  const catalogFolder = aFolder()
  const write = (price: string) =>
    writeFileSync(
      join(catalogFolder, 'bread.md'),
      `---\ntitle: Bread\nprice: [0.25 usd, ${price} eur]\nkind: article\nsummary: S.\n---\nText\n`,
    )
  write('0.20')
  writeFileSync(
    join(catalogFolder, 'tea.md'),
    '---\ntitle: Tea\nprice: { from: 1 usd, suggest: [3 usd] }\nkind: donation\nsummary: S.\n---\nText\n',
  )
  const { shop, merchant, buyer, pageOf } = await aDesk({ catalogFolder })
  const buy = async (choice: object) => (await buyer.post('/create-intent').send(choice).expect(200)).body.id
  const bread = await buy({ product: 'bread', currency: 'eur' })
  expect(await pageOf(bread)).toContain('Unchanged')
  expect(await readPage(merchant, '/desk/orders')).toContain('<option value="eur"')
  write('0.30')
  expect(await pageOf(bread)).toContain('Bread, €0.30')
  const tea = await buy({ product: 'tea', hundredths: 300 })
  expect(await pageOf(tea)).toContain('<td data-label="Access">Not paid yet</td>')
  await shop.pay(tea)
  expect(await pageOf(tea)).toContain('<td data-label="Access">None: nothing is locked</td>')
  expect(await pageOf(tea)).not.toContain('/revoke')
  const path = /href="([^"]+\/refund\?payment=[^"]+)"/.exec(await pageOf(tea))?.[1] ?? ''
  expect(await readPage(merchant, path)).not.toContain('endsAccess')
  await submit(merchant, path)
  expect(await pageOf(tea)).toContain('There is no access to end, because nothing is locked.')
})

test('says until when a pass is open to its holder', async () => {
  const { shop, buyer, pageOf } = await aDesk({ catalogFolder: aCatalogWithPasses() })
  const { id } = await order(buyer, 'bread-pass')
  await shop.pay(id)
  expect(await pageOf(id)).toContain('<td data-label="Access">Until 2026-01-31</td>')
  const link = `/desk/orders/${await orderOf(shop, id)}/link`
  expect(await pageOf(id)).toContain(`href="${link}"`)
  shop.clock.advance(31 * DAY - 60_000)
  const merchant = await signIn(shop)
  const form = await fillIn(merchant, link)
  shop.clock.advance(60_000)
  await send(merchant, link, form).expect(409)
  const ended = await readPage(merchant, `/desk/orders/${id}`)
  expect(ended).not.toMatch(/href="[^"]+\/(link|revoke)"/)
  const refused = await readPage(merchant, link, 409)
  expect(refused).toContain('The pass is over, so a link would open nothing')
  expect(refused).toContain('or its last day is over')
  expect(ended).toContain('<td data-label="Access">Ended on 2026-01-31</td>')
  expect(ended).not.toContain('/revoke?buyer=')
  const refund = /href="([^"]+\/refund\?payment=[^"]+)"/.exec(ended)?.[1] ?? ''
  expect(await readPage(merchant, refund)).not.toMatch(/endsAccess|begin earlier/)
})

test('says of a pass that is yet to begin from when it is open, and which passes a form moves', async () => {
  const { shop, merchant, buyer, pageOf } = await aDesk({ catalogFolder: aCatalogWithPasses() })
  const [first, second] = [await order(buyer, 'bread-pass'), await order(buyer, 'bread-week')]
  for (const { id } of [first, second]) await shop.pay(id)
  const path = `/desk/orders/${await orderOf(shop, first.id)}`
  const waiting = '<td data-label="Access">From 2026-02-01 until'
  expect(await pageOf(second.id)).toContain(`${waiting} 2026-02-07</td>`)
  expect(await pageOf(second.id)).toContain('/revoke?buyer=')
  const refund = /href="([^"]+\/refund\?payment=[^"]+)"/.exec(await pageOf(first.id))?.[1] ?? ''
  expect(await readPage(merchant, refund)).toContain('were bought after this one begin earlier')
  expect(await readPage(merchant, `${path}/revoke`)).toContain(
    'were bought after this one then begin earlier',
  )
  await submit(merchant, `${path}/revoke`, { reason: 'x' })
  expect(await readPage(merchant, refund)).not.toMatch(/endsAccess|begin earlier/) // there is none to end
  expect(await pageOf(second.id)).toContain('<td data-label="Access">Until 2026-01-08</td>')
  const restore = /href="([^"]+\/restore\?revocation=[^"]+)"/.exec(await pageOf(first.id))?.[1] ?? ''
  expect(await readPage(merchant, restore)).toContain('begins where all of it fits')
  await submit(merchant, restore, { reason: 'x' })
  expect(await pageOf(first.id)).toContain('<td data-label="Access">From 2026-01-09 until')
  const { endsAccess: _, ...onlyMoney } = await fillIn(merchant, refund)
  await send(merchant, refund, onlyMoney).expect(303)
  expect(await pageOf(first.id)).toContain('The buyer’s access hasn’t begun yet.')
})

test('forms of an order without an end say nothing of passes', async () => {
  const { shop, merchant, buyer, pageOf } = await aDesk()
  const { id } = await order(buyer)
  await shop.pay(id)
  const refund = /href="([^"]+\/refund\?payment=[^"]+)"/.exec(await pageOf(id))?.[1] ?? ''
  for (const path of [refund, `/desk/orders/${await orderOf(shop, id)}/revoke`])
    expect(await readPage(merchant, path)).not.toContain('begin earlier')
})

test('each payment of an order that was paid twice names its intent, as its receipt does', async () => {
  const { shop, merchant, buyer, pageOf } = await aDesk()
  const { id } = await order(buyer)
  const isOther = onCall('sendMessage', refuse('destination mismatches original request'), shop.sequencerUrl)
  shop.disturb((...call) => {
    shop.disturb(undefined)
    isOther(...call)
  })
  const other = await order(buyer)
  for (const intent of [id, other.id]) await shop.pay(intent)
  const page = await pageOf(id)
  for (const intent of [id, other.id]) {
    expect(page).toContain(`<span class="quiet">Intent</span> <code class="quiet">${intent}</code>`)
    expect(page).toContain(`aria-label="Record a refund of the payment of $0.25, ${intent}"`)
    const [payment] = await shop.query(`SELECT id FROM payments WHERE intent = '${intent}'`)
    const path = `/desk/orders/${await orderOf(shop, id)}/refund?payment=${payment?.id}`
    expect(await readPage(merchant, path)).toContain(`<dt>Intent</dt><dd><code>${intent}</code></dd>`)
  }
})

describe('the sentence on top', () => {
  /** An order that is paid, and its page after SQL has changed what is known about it. */
  async function sentenceAfter(...changes: string[]): Promise<string> {
    const { shop, buyer, pageOf } = await aDesk()
    const { id } = await order(buyer)
    await shop.pay(id)
    for (const sql of changes) await shop.query(sql)
    return pageOf(id)
  }

  const REVOKED = `
    INSERT INTO revocations (id, order_id, reason, revoked_at, revoked_by)
    SELECT 'r', id, 'x', created_at, 'me' FROM orders`
  const FREE = `
    UPDATE payments SET proof = 'free', hundredths = 0, intent = NULL`
  const AGAIN = `
    INSERT INTO payments (id, order_id, proof, hundredths, currency, product, paid_at, honoured_by)
    SELECT 'again', order_id, 'merchant', hundredths, currency, product, paid_at, 'me' FROM payments`

  test('says of a revoked order whose money is left, and of a free one that there is none', async () => {
    const page = await sentenceAfter(REVOKED)
    expect(page).toContain('Access is revoked, and $0.25 of the buyer’s money is left with you.')
    const free = await sentenceAfter(FREE)
    expect(free).toContain('Free of charge, so there is nothing to pay or refund.')
    expect(free).not.toContain('/refund?')
    expect(await sentenceAfter(FREE, REVOKED)).toContain('Access is revoked. There was nothing to pay.')
  })

  test('says of an order that was honoured by hand that nobody has access any more', async () => {
    const by = `UPDATE payments SET proof = 'merchant', event = NULL, honoured_by = 'me', honoured_reason = 'x'`
    expect(await sentenceAfter(by)).toContain('its amount replaces the one you entered')
    const one = `
      INSERT INTO revocations (id, order_id, buyer, reason, revoked_at, revoked_by)
      SELECT 'r', id, buyer, 'x', created_at, 'me' FROM orders`
    expect(await sentenceAfter(by, one)).toContain('Nobody has access any more. Nothing to do.')
  })

  test('says how often an order was paid', async () => {
    const page = await sentenceAfter(AGAIN)
    expect(page).toContain('This order was paid twice.')
    expect(page).toContain('<bdi class="order-price">$0.50</bdi>')
  })

  test('says that there is a payment in another order, until that is refunded', async () => {
    const { shop, merchant, buyer, pageOf } = await aDesk()
    const first = await order(buyer)
    shop.clock.advance(60 * MINUTE) // so that the offer is another one
    const second = await order(buyer)
    for (const { id } of [first, second]) await shop.pay(id)
    for (const { id } of [first, second])
      expect(await pageOf(id)).toContain('A buyer who has this order has the same from another one as well.')
    const [payment] = await shop.query(`SELECT id FROM payments WHERE intent = '${first.id}'`)
    const path = `/desk/orders/${await orderOf(shop, first.id)}/refund?payment=${payment?.id}`
    expect((await submit(merchant, path)).status).toBe(303)
    const page = await pageOf(second.id)
    expect(page).not.toContain('Refund one payment')
    expect(page).toContain('Nothing to do.')
  })

  test('links the order that had paid for the same, also one that another browser has placed', async () => {
    const { shop, buyer, pageOf } = await aDesk()
    const phone = shop.browser()
    const redeemed = await order(buyer)
    const intent = await order(phone)
    await phone.post('/redemptions').send({ intent: redeemed.id, code: codeOf(redeemed) })
    for (const { id } of [intent, redeemed]) await shop.pay(id)
    const page = await pageOf(redeemed.id)
    expect(page).toContain('A buyer who has this order has the same from another one as well.')
    const other = await orderOf(shop, intent.id)
    expect(page).toContain(`<a href="/desk/orders/${other}">Look at the other order</a>`)
    expect(await pageOf(intent.id)).toContain(
      `<a href="/desk/orders/${await orderOf(shop, redeemed.id)}">Look at the other order</a>`,
    )
  })

  test('never runs what a product was called', async () => {
    const page = await sentenceAfter(`UPDATE orders SET title = '<img src=x onerror=alert(1)>'`)
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
})

describe('an order’s page is not shown', () => {
  test('to a stranger or a buyer', async () => {
    const { shop, buyer } = await aDesk()
    const { id } = await order(buyer)
    for (const browser of [shop.browser(), buyer]) {
      const { text } = await browser.get(`/desk/orders/${id}`).expect(401)
      expect(text).toContain('sign-in-required')
    }
  })

  test('if there is no such order', async () => {
    const { merchant } = await aDesk()
    await merchant.get(`/desk/orders/${'1'.repeat(32)}`).expect(404)
    await merchant.get('/desk/orders/018cc251f400-00000000-0000-4000-8000-000000000000').expect(404)
  })

  test.each(['x', '1'.repeat(500), '%00', 'constructor', "1'--"])('if %j is no id at all', async (id) => {
    const { merchant } = await aDesk()
    await merchant.get(`/desk/orders/${encodeURIComponent(id)}`).expect(400)
  })
})
