import { describe, expect, test } from '@jest/globals'
import { sendDueAlerts } from '../../server/alerts/send-alerts.ts'
import { actionsOf, HTML, signIn } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aReceiver } from '../support/receiver.ts'
import { aShop, type Browser, order, type TestShop } from '../support/shop.ts'

const DAY_MS = 86_400_000
const RUNNING = new AbortController().signal
const EVIL = '<script>alert(1)</script>'

/** A shop with a paid order whose alert the receiver rejects, and the merchant at the desk. */
async function aShopWithARejectedAlert() {
  const receiver = await aReceiver()
  receiver.answerWith((res) => res.writeHead(500).end(EVIL))
  const shop = await aShop({ config: { alerts: receiver.alerts } })
  await shop.pay((await order(shop.browser())).id)
  const send = () => sendDueAlerts(shop.shop, receiver.open(), RUNNING)
  await send()
  return { shop, receiver, send, merchant: await signIn(shop) }
}

/** The same, a day later. */
async function aShopWithAFailedAlert() {
  const at = await aShopWithARejectedAlert()
  for (let attempt = 0; attempt < 10; attempt++) {
    at.shop.clock.advance(DAY_MS)
    await at.send()
  }
  return { ...at, merchant: await signIn(at.shop) }
}

const page = async (merchant: Browser) => (await merchant.get('/desk/alerts').set(HTML).expect(200)).text
const submit = (merchant: Browser, action: string, form: Record<string, string>) =>
  merchant.post(action).set(HTML).type('form').send(form)
const stateOf = async (shop: TestShop) =>
  (await shop.query('SELECT attempts, failed_at, dismissed_at, delivered_at FROM outbox'))[0]

describe('the list of alerts', () => {
  test('says how to switch them on, where they are off', async () => {
    const shop = await aShop()
    const text = await page(await signIn(shop))
    expect(text).toContain('set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET')
    expect(text).not.toContain('No alert is waiting')
  })

  test('shows what is sent again, why, and when, without the secrets of the address', async () => {
    const { shop, receiver, merchant } = await aShopWithARejectedAlert()
    const text = await page(merchant)
    const [{ id } = {}] = await shop.query('SELECT id FROM orders')
    expect(text).toContain(`Alerts are sent to 127.0.0.1:${receiver.port}.`)
    expect(text).not.toContain('hunter2')
    expect(text).toContain('Being sent again')
    expect(text).toContain(`<a href="/desk/orders/${id}">Order paid</a>`)
    expect(text).toContain('Answered with the status 500')
    expect(text).toContain('datetime="2026-01-01T00:00:05.000Z"')
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain(EVIL)
    expect(text).not.toContain('Not delivered')
  })

  test('lets what waits to be sent again be dismissed while alerts are off, for good', async () => {
    const { shop, receiver, send, merchant } = await aShopWithARejectedAlert()
    expect(await page(merchant)).not.toContain('/desk/alerts/dismissals')
    await shop.restart({ alerts: undefined })
    const text = await page(merchant)
    expect(text).toContain('Waiting to be sent again')
    expect(text).not.toContain('next attempt')
    await submit(merchant, '/desk/alerts/dismissals', readFields(text, '/desk/alerts/dismissals')).expect(303)
    expect(await page(merchant)).not.toContain('Order paid')
    await shop.restart()
    shop.clock.advance(DAY_MS)
    receiver.answerWith()
    const attempts = receiver.received.length
    await send()
    expect(receiver.received).toHaveLength(attempts)
    expect(await actionsOf(shop)).toContain('alert-dismissed')
  })

  test('keeps what failed for a day, and the overview leads there', async () => {
    const { merchant } = await aShopWithAFailedAlert()
    const text = await page(merchant)
    expect(text).toContain('Not delivered')
    expect(text).toContain('11 attempts')
    expect(text).not.toContain('Being sent again')
    expect((await merchant.get('/desk').set(HTML)).text).toContain('<a href="/desk/alerts">See why</a>')
  })

  test.each([
    ['deadline', 'Didn’t answer within 5 seconds.'],
    ['private-address', 'ALERT_ALLOW_PRIVATE=1 allows that.'],
    ['ECONNREFUSED', 'Could not be reached: ECONNREFUSED.'],
  ])('explains the reason %s', async (reason, sentence) => {
    const { shop, merchant } = await aShopWithARejectedAlert()
    await shop.query(`UPDATE outbox SET last_failure = '${reason}'`)
    expect(await page(merchant)).toContain(sentence)
  })

  test('shows a hundred, and says so', async () => {
    const { shop, merchant } = await aShopWithAFailedAlert()
    await shop.query(`
      INSERT INTO outbox (id, type, subject, announced_at, failed_at, last_failure)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 150)
      SELECT 'more-' || n, 'sequencer.down', 'more-' || n, 1, 1, '404' FROM numbers`)
    const text = await page(merchant)
    expect(text.match(/action="\/desk\/alerts\/resends"/g)).toHaveLength(100)
    expect(text).toContain('Only 100 of each are shown.')
    expect(text).toContain('Order paid') // the latest failure comes first
  })
})

describe('an alert that failed', () => {
  test('is sent again if the merchant wants it, which the audit log has', async () => {
    const { shop, receiver, merchant, send } = await aShopWithAFailedAlert()
    const form = readFields(await page(merchant), '/desk/alerts/resends')
    await submit(merchant, '/desk/alerts/resends', form).expect(303).expect('Location', '/desk/alerts')
    receiver.answerWith()
    await send()
    expect(await stateOf(shop)).toMatchObject({
      attempts: 1,
      failed_at: null,
      delivered_at: shop.clock.now(),
    })
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect(await page(merchant)).toContain('No alert is waiting to be sent again or dismissed.')
    expect(await actionsOf(shop)).toContain('alert-resent')
    expect((await merchant.get('/desk/audit-log').set(HTML)).text).toContain('Sent an alert again')
  })

  test('is dismissed once, in whichever of two tabs comes first', async () => {
    const { shop, merchant } = await aShopWithAFailedAlert()
    const tabs = [await page(merchant), await page(merchant)]
    const forms = tabs.map((text) => readFields(text, '/desk/alerts/dismissals'))
    for (const form of forms) await submit(merchant, '/desk/alerts/dismissals', form).expect(303)
    expect(await stateOf(shop)).toMatchObject({ dismissed_at: shop.clock.now() })
    expect((await actionsOf(shop)).filter((what) => what === 'alert-dismissed')).toHaveLength(1)
    expect(await page(merchant)).toContain('No alert is waiting to be sent again or dismissed.')
  })

  test('can only be dismissed while alerts are off, and isn’t sent from a page that was opened before', async () => {
    const { shop, merchant } = await aShopWithAFailedAlert()
    const before = await stateOf(shop)
    const form = readFields(await page(merchant), '/desk/alerts/resends')
    await shop.restart({ alerts: undefined })
    await submit(merchant, '/desk/alerts/resends', form).expect(303)
    expect(await stateOf(shop)).toEqual(before)
    const text = await page(merchant)
    expect(text).toContain('While alerts are off, nothing sends these.')
    expect(text).not.toContain('action="/desk/alerts/resends"')
    await submit(merchant, '/desk/alerts/dismissals', readFields(text, '/desk/alerts/dismissals')).expect(303)
    expect(await stateOf(shop)).toMatchObject({ dismissed_at: shop.clock.now() })
  })

  test('is left alone by forms that are spent, of another alert, of another purpose, or incomplete', async () => {
    const { shop, merchant } = await aShopWithAFailedAlert()
    const before = await stateOf(shop)
    const form = readFields(await page(merchant), '/desk/alerts/resends')
    for (const wrong of [
      {},
      { form: form.form },
      { ...form, alert: 'order_paid_other' },
      { ...form, alert: 'x'.repeat(201) },
      { ...form, more: '1' },
      { ...form, alert: ['a', 'b'] },
    ])
      await submit(merchant, '/desk/alerts/resends', wrong as Record<string, string>).expect(400)
    await submit(merchant, '/desk/alerts/dismissals', form).expect(400)
    await submit(shop.browser(), '/desk/alerts/resends', form).expect(401)
    await merchant
      .post('/desk/alerts/resends')
      .set('Origin', 'https://elsewhere.example')
      .type('form')
      .send(form)
      .expect(403)
    expect(await stateOf(shop)).toEqual(before)
    await submit(merchant, '/desk/alerts/resends', form).expect(303)
    await submit(merchant, '/desk/alerts/resends', form).expect(409)
    await merchant.get('/desk/alerts/resends').expect(405)
  })
})
