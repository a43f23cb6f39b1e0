import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { signIn } from '../support/desk.ts'
import { isInvalid, readFields } from '../support/desk-forms.ts'
import { aReceiver } from '../support/receiver.ts'
import { aShop, type Browser, order, type ShopOptions } from '../support/shop.ts'

const vector = JSON.parse(readFileSync('test/support/vectors/code-webhook.json', 'utf8'))
const { privateKey, publicKey } = aSequencerKey()

/** A shop whose sequencer's key the test has, with a merchant at its desk and an open order of a buyer. */
async function aDesk({ publicKeys = [publicKey], ...options }: ShopOptions['config'] = {}) {
  const shop = await aShop({ config: { publicKeys, ...options } })
  const merchant = await signIn(shop)
  const buyer = shop.browser()
  const offer = await order(buyer)
  const deliver = (token: string) =>
    shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(token)
  /** Delivers an event about the order that claims something else, and resolves with the path of its page. */
  const deliverAbout = async (claims: object = {}) => {
    await deliver(signed({ ...claimsOf(offer), ...claims }, privateKey)).expect(200)
    const [event] = await shop.query('SELECT digest FROM events ORDER BY last_seen_at DESC LIMIT 1')
    return `/desk/events/${event?.digest}`
  }
  return { shop, merchant, buyer, offer, deliver, deliverAbout }
}

async function read(browser: Browser, path: string, status = 200): Promise<string> {
  const { text } = await browser.get(path).set('Accept', 'text/html').expect(status)
  return text
}

/** Sends the form on this page that goes to `action`, with what a person enters. */
async function submit(browser: Browser, page: string, action: string, entered: Record<string, string> = {}) {
  const fields = { ...readFields(await read(browser, page), action), ...entered }
  return browser.post(action).type('form').set('Accept', 'text/html').send(fields)
}

const judge = (browser: Browser, page: string) => submit(browser, page, `${page}/judgements`)
const dismiss = (browser: Browser, page: string, reason = 'It is a test') =>
  submit(browser, page, `${page}/dismissal`, { reason })

const rowsOf = (html: string) => [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => row)

describe('the inbox', () => {
  test('teaches while it is empty', async () => {
    const { merchant } = await aDesk()
    for (const verdict of ['mismatched', 'orphaned', 'applied', 'duplicate', 'unmatched', 'login', 'test'])
      expect(await read(merchant, `/desk/events?verdict=${verdict}`)).toContain('class="empty"')
    expect(await read(merchant, '/desk/events?verdict=orphaned&standing=done')).toContain('class="empty"')
  })

  test('begins with mismatched events, and says how many there are to look at', async () => {
    const { merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const html = await read(merchant, '/desk/events')
    expect(html).toContain('1 to look at')
    expect(rowsOf(html).at(-1)).toMatch(new RegExp(`${page}.*\\$0\\.05`, 's'))
  })

  test('lists events of each verdict', async () => {
    const { shop, merchant, offer, deliver, deliverAbout } = await aDesk()
    await deliverAbout()
    await deliver(signed({ ...claimsOf(offer), nonce: 1 }, privateKey)).expect(200)
    await deliver(signed({ user: vector.publicKey, state: 'SUBMITTED' }, privateKey)).expect(200)
    await deliver(signed({ string: 'x', int: 1, float: 0.5, bool: true }, privateKey)).expect(200)
    const foreign = { ...claimsOf(offer), intent: vector.publicKey, destination: vector.publicKey }
    await deliver(signed(foreign, privateKey)).expect(200)
    await deliver(signed({ ...claimsOf(offer), intent: vector.publicKey }, privateKey)).expect(200)
    for (const verdict of ['applied', 'duplicate', 'login', 'test', 'unmatched', 'orphaned']) {
      const [event] = await shop.query(`SELECT digest FROM events WHERE verdict = '${verdict}'`)
      expect(await read(merchant, `/desk/events?verdict=${verdict}`)).toContain(
        `/desk/events/${event?.digest}`,
      )
      await read(merchant, `/desk/events/${event?.digest}`)
    }
  })

  test('goes on where a page ends', async () => {
    const { shop, merchant, offer, deliver } = await aDesk()
    for (let amount = 1; amount <= 51; amount++) {
      shop.clock.advance(1)
      await deliver(signed({ ...claimsOf(offer), amount: amount + 0.01 }, privateKey)).expect(200)
    }
    const html = await read(merchant, '/desk/events')
    expect(rowsOf(html)).toHaveLength(1 + 50)
    const [, older = ''] = /href="([^"]*after[^"]*)"/.exec(html) ?? []
    const rest = await read(merchant, older.replaceAll('&amp;', '&'))
    expect(rowsOf(rest)).toHaveLength(1 + 1)
    expect(rest).toContain('$1.01')
    expect(rest).toContain('Newest events')
  })

  test('refuses a query that it doesn’t understand', async () => {
    const { merchant } = await aDesk()
    for (const query of [
      'verdict=paid',
      'verdict=mismatched&verdict=orphaned',
      'standing=all',
      'after=1',
      'after=-1.ab',
      `after=${'9'.repeat(400)}.ab`,
      `after=1.${'a'.repeat(400)}`,
      "after=1.'; DROP TABLE events",
      'page=2',
    ]) {
      const { body } = await merchant.get(`/desk/events?${query}`).expect(400)
      expect(body).toMatchObject({ status: 400, detail: expect.stringContaining('A field') })
    }
  })
})

describe('one event', () => {
  test('stands beside its order, with each difference marked, its token, and its facts', async () => {
    const { shop, merchant, deliverAbout, offer } = await aDesk()
    const page = await deliverAbout({ amount: 0.05, currency: 'EUR', user: '<b>somebody</b>' })
    const html = await read(merchant, page)
    const rows = rowsOf(html)
    expect(rows.find((row) => row.includes('Amount'))).toMatch(/differs.*€0\.05.*\$0\.25/s)
    expect(rows.find((row) => row.includes('Paid to'))).not.toContain('differs')
    expect(html).toContain('&quot;alg&quot;: &quot;EdDSA&quot;')
    expect(html).toContain(`&quot;intent&quot;: &quot;${offer.id}&quot;`)
    const [event] = await shop.query('SELECT jws FROM events')
    expect(html).toContain(String(event?.jws))
    expect(html).toContain('&lt;b&gt;somebody')
    expect(html).not.toContain('<b>')
  })

  test('says of the fees on either side that there are none, or that they can’t be read', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const fees = [{ destination: vector.publicKey, basisPoints: 100 }]
    const written = `${vector.publicKey} 100`
    const readFees = async (claims: object) => {
      const rows = rowsOf(await read(merchant, await deliverAbout(claims)))
      const row = rows.find((each) => each.includes('Fees')) ?? ''
      return [...row.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, shown]) => shown)
    }
    expect(await readFees({ amount: 0.05 })).toEqual([])
    shop.clock.advance(1)
    expect(await readFees({ fees })).toEqual([written, 'none'])
    shop.clock.advance(1)
    expect(await readFees({ fees: 'many' })).toEqual(['nothing that can be read', 'none'])
    expect(shop.logged.flatMap(({ difference }) => difference ?? []).at(-1)).toBe(
      'ordered no fees, claimed fees that can’t be read',
    )
    await shop.query(`UPDATE intents SET fees = '${written}'`)
    shop.clock.advance(1)
    expect(await readFees({})).toEqual(['none', written])
  })

  test('that contradicts an order leads to honouring it, and says so if it paid another address', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const ours = await deliverAbout({ amount: 0.05 })
    shop.clock.advance(1)
    const theirs = await deliverAbout({ destination: vector.publicKey })
    const [row] = await shop.query('SELECT id FROM orders')
    for (const page of [ours, theirs])
      expect(await read(merchant, page)).toContain(
        `/desk/orders/${row?.id}/honour?event=${page.split('/').at(-1)}`,
      )
    expect(await read(merchant, ours)).toContain('in spite of the difference')
    expect(await read(merchant, theirs)).toContain('doesn’t say that money came')
  })

  test('that claims what can’t be read is shown as well', async () => {
    const { merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({
      amount: 'much',
      currency: 'no currency',
      destination: null,
      quarks: 1e300,
    })
    expect(await read(merchant, page)).toContain('nothing that can be read')
  })

  test('that isn’t there is 404', async () => {
    const { merchant } = await aDesk()
    for (const digest of ['0'.repeat(64), 'x', '0'.repeat(63), '%3Cscript%3E', '0'.repeat(9_000)])
      await merchant.get(`/desk/events/${digest}`).expect(404)
  })
})

describe('judging an event again', () => {
  test('changes nothing where nothing has changed, and says so', async () => {
    const { shop, merchant, deliverAbout, buyer } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const before = await shop.query('SELECT verdict, times_seen, last_seen_at FROM events')
    shop.clock.advance(1_000)
    const answer = await judge(merchant, page)
    expect(answer.status).toBe(303)
    const html = await read(merchant, String(answer.headers.location))
    expect(html).toContain('nothing has changed')
    expect(html).toContain('Judged again: Mismatched, now Mismatched')
    expect(await shop.query('SELECT verdict, times_seen, last_seen_at FROM events')).toEqual(before)
    expect((await buyer.get('/products/article')).text).not.toContain('PAID-PART-OF-ARTICLE')
    expect(await read(merchant, '/desk/audit-log')).toContain('Judged an event again')
  })

  test('is no alert where nothing has changed, also if nobody remembers the first one', async () => {
    const { alerts } = await aReceiver()
    const { shop, merchant, deliverAbout } = await aDesk({ alerts })
    const page = await deliverAbout({ amount: 0.05 })
    await shop.query('DELETE FROM outbox')
    await shop.restart()
    const answer = await judge(merchant, page)
    expect(await read(merchant, String(answer.headers.location))).toContain('nothing has changed')
    expect(await shop.query('SELECT type FROM outbox')).toEqual([])
    expect(shop.logged.filter(({ alert }) => alert)).toHaveLength(1)
  })

  test('pays an order that has come back since', async () => {
    const { shop, merchant, deliverAbout, buyer } = await aDesk()
    const rows = await shop.query('SELECT * FROM intents')
    await shop.query(`UPDATE intents SET id = 'lost'`)
    const page = await deliverAbout()
    expect(await read(merchant, page)).toContain('Orphaned event')
    await shop.query(`UPDATE intents SET id = '${rows[0]?.id}'`)
    const answer = await judge(merchant, page)
    expect(await read(merchant, String(answer.headers.location))).toContain('the verdict has changed')
    expect((await buyer.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
    expect(await shop.query('SELECT verdict, times_seen FROM events')).toEqual([
      { verdict: 'applied', times_seen: 1 },
    ])
  })

  test('isn’t asked for where polling has paid the order that has come back', async () => {
    const { shop, merchant, deliverAbout, offer } = await aDesk()
    await shop.query(`UPDATE intents SET id = 'lost'`)
    const page = await deliverAbout()
    expect(await read(merchant, '/desk')).toContain('without an order that the shop knows')
    await shop.query(`UPDATE intents SET id = '${offer.id}'`)
    await shop.approve(offer.id)
    shop.clock.advance(32_000)
    await shop.pollDue()
    expect(await read(merchant, '/desk')).not.toContain('without an order that the shop knows')
    expect(await read(merchant, '/desk/events?verdict=orphaned&standing=open')).not.toContain(page)
    expect(await read(merchant, '/desk/events?verdict=orphaned&standing=done')).toContain(page)
    const done = await read(merchant, page)
    expect(done).toContain('but has it now, and it is paid. There is nothing to do.')
    expect(done).not.toContain(`${page}/dismissal`)
  })

  test('stays asked for where the order that has come back was paid with another amount', async () => {
    const { shop, merchant, deliverAbout, offer } = await aDesk()
    await shop.query(`UPDATE intents SET id = 'lost'`)
    await deliverAbout({ amount: 0.05 })
    await shop.query(`UPDATE intents SET id = '${offer.id}'`)
    await shop.approve(offer.id)
    shop.clock.advance(32_000)
    await shop.pollDue()
    expect(await read(merchant, '/desk')).toContain('without an order that the shop knows')
  })

  test('never pays for what Code has published for everybody', async () => {
    const { shop, merchant, deliver } = await aDesk({ publicKeys: [vector.publicKey] })
    await deliver(vector.jwt).expect(200)
    const [event] = await shop.query('SELECT digest FROM events')
    const answer = await judge(merchant, `/desk/events/${event?.digest}`)
    expect(await read(merchant, String(answer.headers.location))).toContain('nothing has changed')
    expect(await shop.query('SELECT id FROM payments')).toEqual([])
  })

  test('says so where today’s keys haven’t signed it, and does nothing', async () => {
    const { shop, deliverAbout } = await aDesk()
    await shop.query(`UPDATE intents SET id = 'lost'`)
    const page = await deliverAbout()
    await shop.restart({ publicKeys: [aSequencerKey().publicKey] })
    const merchant = await signIn(shop)
    const answer = await judge(merchant, page)
    expect(await read(merchant, String(answer.headers.location))).toContain('None of today’s keys')
    expect(await shop.query('SELECT verdict FROM events')).toEqual([{ verdict: 'orphaned' }])
  })
})

describe('dismissing an event', () => {
  test('takes it off the list, with a reason, and changes nothing else', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const answer = await dismiss(merchant, page, '  Tried out by <me>  ')
    expect(await read(merchant, String(answer.headers.location))).toContain('Tried out by &lt;me&gt;')
    expect(await read(merchant, '/desk/events')).not.toContain(page)
    expect(await read(merchant, '/desk/events?verdict=mismatched&standing=done')).toContain(page)
    expect(await shop.query('SELECT verdict, dismissed_reason FROM events')).toEqual([
      { verdict: 'mismatched', dismissed_reason: 'Tried out by <me>' },
    ])
    expect(await shop.query('SELECT id FROM payments')).toEqual([])
  })

  test('warns that polling still can’t pay the order only if there is an order', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const warning = 'polling still can’t pay an order'
    expect(await read(merchant, await deliverAbout({ amount: 0.05 }))).toContain(warning)
    await shop.query(`UPDATE intents SET id = 'lost'`)
    shop.clock.advance(1)
    const orphaned = await read(merchant, await deliverAbout())
    expect(orphaned).toContain('Orphaned event')
    expect(orphaned).toContain('<p>Takes it off the list. Nothing else changes.</p>')
  })

  test('in two tabs at once: one wins, and the other is told', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const answers = await Promise.all([dismiss(merchant, page, 'one'), dismiss(merchant, page, 'other')])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await shop.query(`SELECT id FROM actions WHERE what = 'event-dismissed'`)).toHaveLength(1)
  })

  test('needs a reason, and the page asks for it again', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const { status, text } = await dismiss(merchant, page, '  ')
    expect([status, isInvalid(text, 'reason')]).toEqual([422, true])
    expect(await shop.query('SELECT dismissed_at FROM events')).toEqual([{ dismissed_at: null }])
  })

  test('with a form that is not as the page has it is refused, and nothing is stored', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const refused: [object, number][] = [
      [{ reason: 'x'.repeat(1_001) }, 400],
      [{ reason: 'x'.repeat(18_000) }, 413],
      [{ reason: 'x', verdict: 'applied' }, 400],
      [{ reason: 'x', form: '' }, 400],
      [{ reason: 'x', form: 'x'.repeat(300) }, 400],
    ]
    for (const [entered, status] of refused)
      expect(await submit(merchant, page, `${page}/dismissal`, { ...entered })).toMatchObject({ status })
    expect(await shop.query('SELECT dismissed_at FROM events')).toEqual([{ dismissed_at: null }])
  })

  test('with the form of another event, or the same form again, is refused', async () => {
    const { shop, merchant, deliverAbout } = await aDesk()
    const one = await deliverAbout({ amount: 0.05 })
    shop.clock.advance(1)
    const other = await deliverAbout({ amount: 0.06 })
    const fields = { ...readFields(await read(merchant, one), `${one}/dismissal`), reason: 'x' }
    const send = (page: string) => merchant.post(`${page}/dismissal`).type('form').send(fields)
    await send(other).expect(400)
    await send(one).expect(303)
    await send(one).expect(409)
    expect(await shop.query('SELECT digest FROM events WHERE dismissed_at IS NOT NULL')).toHaveLength(1)
  })

  test('is not for a buyer, a stranger, another site, or after signing out', async () => {
    const { shop, merchant, buyer, deliverAbout } = await aDesk()
    const page = await deliverAbout({ amount: 0.05 })
    const fields = { ...readFields(await read(merchant, page), `${page}/dismissal`), reason: 'x' }
    for (const browser of [buyer, shop.browser()]) {
      await browser.get(page).expect(401)
      await browser.post(`${page}/dismissal`).type('form').send(fields).expect(401)
    }
    const foreign = merchant.post(`${page}/dismissal`).set('Sec-Fetch-Site', 'cross-site')
    await foreign.type('form').send(fields).expect(403)
    const signOut = readFields(await read(merchant, page), '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(signOut).expect(303)
    await merchant.post(`${page}/dismissal`).type('form').send(fields).expect(401)
    expect(await shop.query('SELECT dismissed_at FROM events')).toEqual([{ dismissed_at: null }])
  })
})

describe('deliveries that failed verification', () => {
  test('are counted by hour and reason, and stored nowhere else', async () => {
    const { shop, merchant, deliver } = await aDesk()
    expect(await read(merchant, '/desk/events/rejections')).toContain('class="empty"')
    for (let delivery = 0; delivery < 3; delivery++) await deliver('not a token').expect(400)
    await deliver(signed({ intent: 'x' }, aSequencerKey().privateKey)).expect(401)
    await shop.writeRejections()
    const rows = rowsOf(await read(merchant, '/desk/events/rejections')).slice(1)
    expect(rows).toHaveLength(2)
    expect(rows.find((row) => row.includes('Not a signed event'))).toMatch(/>3</)
    expect(rows.find((row) => row.includes('Not signed by Code'))).toMatch(/>1</)
    expect(await shop.query('SELECT digest FROM events')).toEqual([])
    await merchant.get('/desk/events/rejections?hour=1').expect(400)
  })

  test('wait for a database that is away', async () => {
    const { shop, deliver } = await aDesk()
    await deliver('not a token').expect(400)
    await shop.db.close()
    await shop.writeRejections()
    expect(shop.logged.at(-1)).toMatchObject({
      msg: expect.stringContaining('could not store how many webhooks'),
    })
    await shop.writeRejections()
    expect(shop.logged.filter(({ msg }) => String(msg).includes('could not store how many'))).toHaveLength(2)
  })
})
