import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { bringPollToFront } from '../../db/index.ts'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { signIn } from '../support/desk.ts'
import {
  fillIn,
  isInvalid,
  linkIn,
  orderOf,
  readFields,
  readPage,
  redeem,
  send,
  submit,
} from '../support/desk-forms.ts'
import { answer500, loseAnswer, onCall } from '../support/faults.ts'
import { aShop, type Browser, type Offer, order, type ShopOptions } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const DAY = 86_400_000
const ARTICLE = 'PAID-PART-OF-ARTICLE'

async function aDesk(options: ShopOptions = {}) {
  const shop = await aShop(options)
  const merchant = await signIn(shop)
  const buyer = shop.browser()
  const isOpenTo = async (browser: Browser) => (await browser.get('/products/article')).text.includes(ARTICLE)
  return { shop, merchant, buyer, isOpen: () => isOpenTo(buyer), isOpenTo }
}

async function aPaidOrder(product = 'article') {
  const desk = await aDesk()
  const offer = await order(desk.buyer, product)
  await desk.shop.pay(offer.id)
  const id = await orderOf(desk.shop, offer.id)
  const [payment] = await desk.shop.query(`SELECT id FROM payments WHERE order_id = '${id}'`)
  const path = `/desk/orders/${id}`
  const refundPath = `${path}/refund?payment=${payment?.id}`
  return { ...desk, offer, id, path, payment: String(payment?.id), refundPath }
}

/** An order about which Code reports something else. */
async function aMismatchedOrder(change: (offer: Offer) => object, options: ShopOptions = {}) {
  const key = aSequencerKey()
  const desk = await aDesk({ ...options, config: { publicKeys: [key.publicKey] } })
  const offer = await order(desk.buyer)
  const deliver = (claims: object) =>
    desk.shop
      .request()
      .post('/webhook')
      .set('Content-Type', 'application/jwt')
      .send(signed(claims, key.privateKey))
      .expect(200)
  await deliver({ ...claimsOf(offer), ...change(offer) })
  const id = await orderOf(desk.shop, offer.id)
  return { ...desk, offer, id, path: `/desk/orders/${id}`, deliver }
}

const actionsIn = (shop: { query(sql: string): Promise<Record<string, unknown>[]> }) =>
  shop
    .query(`SELECT what FROM actions WHERE subject IN (SELECT id FROM orders)`)
    .then((rows) => rows.map(({ what }) => what).sort())

describe('Ask Code now', () => {
  test('finds a payment whose webhook never came', async () => {
    const { shop, merchant, buyer, isOpen } = await aDesk()
    const { id } = await order(buyer)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    const ask = async () => {
      const fields = readFields(await readPage(merchant, path), `${path}/ask`)
      return send(merchant, `${path}/ask`, fields)
    }
    expect((await ask()).headers.location).toBe(`${path}?done=asked-unpaid`)
    await shop.approve(id)
    expect((await ask()).headers.location).toBe(`${path}?done=asked-paid`)
    expect(await isOpen()).toBe(true)
    expect(await readPage(merchant, `${path}?done=asked-paid`)).toContain('Code says that the order is paid.')
    expect(await actionsIn(shop)).toEqual(['code-asked', 'code-asked'])
  })

  test('finds the payment of one of an order’s two intents', async () => {
    const { shop, merchant, buyer } = await aDesk()
    const [paid, other] = [await order(buyer), await order(shop.browser())]
    const id = await orderOf(shop, paid.id)
    await shop.query(`UPDATE intents SET order_id = '${id}' WHERE id = '${other.id}'`)
    await shop.approve(paid.id)
    const path = `/desk/orders/${id}`
    const fields = readFields(await readPage(merchant, path), `${path}/ask`)
    expect((await send(merchant, `${path}/ask`, fields)).headers.location).toBe(`${path}?done=asked-paid`)
  })

  test('says that an order is paid whose webhook has come since its page was opened', async () => {
    const { shop, merchant, buyer } = await aDesk()
    const { id } = await order(buyer)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    const fields = readFields(await readPage(merchant, path), `${path}/ask`)
    await shop.pay(id)
    expect((await send(merchant, `${path}/ask`, fields)).headers.location).toBe(`${path}?done=asked-paid`)
  })

  test('says that Code calls an order paid whose payment nothing proves', async () => {
    const { shop, merchant, buyer, isOpen } = await aDesk()
    shop.disturb(onCall('sendMessage', loseAnswer, shop.sequencerUrl))
    await buyer.post('/create-intent').send({ product: 'article' })
    shop.disturb(undefined)
    const [intent] = await shop.query('SELECT id FROM intents')
    await shop.approve(String(intent?.id))
    const path = `/desk/orders/${await orderOf(shop, String(intent?.id))}`
    const fields = readFields(await readPage(merchant, path), `${path}/ask`)
    const { headers } = await send(merchant, `${path}/ask`, fields)
    expect(headers.location).toBe(`${path}?done=asked-submitted`)
    const page = await readPage(merchant, `${path}?done=asked-submitted`)
    expect(page).toContain(
      'Code says that this was paid, but nothing proves that the order’s amount reached you.',
    )
    expect(page).toContain('You asked Code: it says that this was paid, which isn’t enough')
    expect(await isOpen()).toBe(false)
  })

  test('shows the next poll of what was brought to the front as one that is due', async () => {
    const { shop, merchant, buyer } = await aDesk()
    const { id } = await order(buyer)
    await bringPollToFront(shop.db, id)
    const page = await readPage(merchant, `/desk/orders/${await orderOf(shop, id)}`)
    const now = new Date(shop.clock.now()).toISOString()
    expect(page).toMatch(new RegExp(`<dt>Next poll</dt><dd><time datetime="${now}"`))
  })

  test('says that Code doesn’t answer, in the merchant’s words', async () => {
    const { shop, merchant, buyer } = await aDesk()
    const { id } = await order(buyer)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    shop.disturb(onCall('getStatus', answer500, shop.sequencerUrl))
    const fields = readFields(await readPage(merchant, path), `${path}/ask`)
    const { headers } = await send(merchant, `${path}/ask`, fields).expect(303)
    const page = await readPage(merchant, String(headers.location))
    expect(page).toContain('Code isn’t answering now, so nothing has changed.')
    expect(page).toContain('You asked Code: it didn’t answer')
  })

  test('shows nothing that an address brings along', async () => {
    const { path, merchant } = await aPaidOrder()
    for (const done of ['constructor', '<script>', 'toString', '__proto__'])
      expect(await readPage(merchant, `${path}?done=${encodeURIComponent(done)}`)).not.toContain(
        'role="status"',
      )
  })
})

describe('a refund', () => {
  test('of everything says that another tab has recorded a part, and can be sent once more', async () => {
    const { shop, merchant, refundPath } = await aPaidOrder()
    const everything = { ...(await fillIn(merchant, refundPath)), note: 'kept' }
    await submit(merchant, `${refundPath}&part=1`, { amount: '0.10' })
    const { status, text } = await send(merchant, refundPath, everything)
    expect(status).toBe(409)
    expect(text).toContain('Another refund of this payment was recorded after you opened this form')
    await send(merchant, refundPath, readFields(text, refundPath.split('?', 1)[0] ?? '')).expect(303)
    expect(await shop.query('SELECT hundredths, note FROM refunds ORDER BY hundredths')).toEqual([
      { hundredths: 10, note: null },
      { hundredths: 15, note: 'kept' },
    ])
  })

  test.each([
    ['a note in a script of three bytes a letter', 'あ'.repeat(1_000)],
    ['a note whose line breaks a browser sends as two characters', `${'x'.repeat(997)}\r\n\r\nx`],
  ])('keeps %s', async (_what, note) => {
    const { shop, merchant, refundPath } = await aPaidOrder()
    const line = 'あ'.repeat(200)
    expect((await submit(merchant, refundPath, { note, proof: line, sentTo: line })).status).toBe(303)
    expect(await shop.query('SELECT note, proof, sent_to FROM refunds')).toEqual([
      { note: note.replaceAll('\r\n', '\n'), proof: line, sent_to: line },
    ])
  })

  test('drops a NUL that was pasted along, since PostgreSQL stores none', async () => {
    const { shop, merchant, path, refundPath } = await aPaidOrder()
    const pasted = { note: 'a\0note\0', proof: '\0proof', sentTo: '\0' }
    expect((await submit(merchant, refundPath, pasted)).status).toBe(303)
    expect(await shop.query('SELECT note, proof, sent_to FROM refunds')).toEqual([
      { note: 'anote', proof: 'proof', sent_to: null },
    ])
    expect((await submit(merchant, `${path}/revoke`, { reason: '\0' })).status).toBe(422)
  })

  test('of everything ends access, and the page says so', async () => {
    const { shop, merchant, path, refundPath, isOpen } = await aPaidOrder()
    expect(await readPage(merchant, refundPath)).toContain('name="endsAccess" checked')
    const { headers } = await submit(merchant, refundPath, {
      sentTo: 'a wallet',
      proof: 'signature',
      note: 'sorry',
      endsAccess: 'on',
    })
    expect(headers.location).toBe(`${path}?done=refunded`)
    const page = await readPage(merchant, path)
    expect(page).toContain('Everything that came, $0.25, went back to the buyer.')
    expect(page).toContain('Sent to a wallet')
    expect(await isOpen()).toBe(false)
    expect(await shop.query('SELECT hundredths, sent_to, proof, note FROM refunds')).toEqual([
      { hundredths: 25, sent_to: 'a wallet', proof: 'signature', note: 'sorry' },
    ])
    expect(page).not.toContain('/refund?payment=')
    await merchant.get(refundPath).expect(409)
  })

  test('of a part leaves access open, and the rest can be refunded', async () => {
    const { merchant, path, refundPath, isOpen } = await aPaidOrder()
    const part = `${refundPath}&part=1`
    expect(await readPage(merchant, part)).not.toContain('name="endsAccess" checked')
    await submit(merchant, part, { amount: '0,10' })
    expect(await isOpen()).toBe(true)
    expect(await readPage(merchant, path)).toContain('$0.10 went back to the buyer, and $0.15 is left.')
    expect(await readPage(merchant, refundPath)).toContain('<strong><bdi>$0.15</bdi></strong>')
    const { endsAccess, ...unticked } = await fillIn(merchant, refundPath)
    expect(endsAccess).toBe('on') // since nothing is left then
    await send(merchant, refundPath, unticked)
    const page = await readPage(merchant, path)
    expect(page).toContain('Everything that came, $0.25, went back to the buyer.')
    expect(page).toContain('The buyer still has access. To end it, revoke it.')
  })

  test('of everything in two tabs at once is recorded once, and the other tab is told', async () => {
    const { shop, merchant, path, refundPath } = await aPaidOrder()
    const tabs = [await fillIn(merchant, refundPath), await fillIn(merchant, refundPath)]
    const answers = await Promise.all(tabs.map((fields) => send(merchant, refundPath, fields)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const told = answers.find(({ status }) => status === 409)?.text
    expect(told).toContain('That is more than is left')
    expect(told).toContain(`href="${path}">See how it is now</a>`)
    expect(await shop.query('SELECT hundredths FROM refunds')).toEqual([{ hundredths: 25 }])
  })

  test('of a part in two tabs is recorded once, and the other tab is told before it can be recorded again', async () => {
    const { shop, merchant, path, refundPath } = await aPaidOrder()
    const part = `${refundPath}&part=1`
    const [one, other] = [await fillIn(merchant, part), await fillIn(merchant, part)]
    await send(merchant, part, { ...one, amount: '0.10' }).expect(303)
    const told = await send(merchant, part, { ...other, amount: '0.10', note: 'kept' }).expect(409)
    expect(told.text).toContain('Another refund of this payment was recorded after you opened this form')
    expect(isInvalid(told.text, 'amount')).toBe(true)
    const again = readFields(told.text, `${path}/refund`)
    expect(again).toMatchObject({ amount: '0.10', note: 'kept' })
    expect(await shop.query('SELECT hundredths FROM refunds')).toEqual([{ hundredths: 10 }])
    await send(merchant, part, again).expect(303)
    expect(await shop.query('SELECT hundredths FROM refunds')).toEqual([
      { hundredths: 10 },
      { hundredths: 10 },
    ])
  })

  test('is recorded once, however often its form is sent', async () => {
    const { shop, merchant, refundPath } = await aPaidOrder()
    const fields = { ...(await fillIn(merchant, `${refundPath}&part=1`)), amount: '0.05' }
    const answers = await Promise.all([1, 2, 3].map(() => send(merchant, refundPath, fields)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    expect(await shop.query('SELECT hundredths FROM refunds')).toEqual([{ hundredths: 5 }])
  })

  test('of an amount that is too much, or none, shows the form again, with what was entered', async () => {
    const { shop, merchant, refundPath } = await aPaidOrder()
    const unclear = ['', '0', '-0.25', '0.255', '1e1', '1.000', '<b>1</b>']
    for (const amount of ['0.26', '1,000', ...unclear]) {
      const { status, text } = await submit(merchant, `${refundPath}&part=1`, {
        amount,
        note: 'kept & shown',
      })
      expect([amount, status]).toEqual([amount, 422])
      expect(text).toContain(
        unclear.includes(amount)
          ? 'Enter an amount of at least 0.01, with at most two decimals'
          : 'Only $0.25 is left of this payment.',
      )
      expect(text).toContain('kept &amp; shown')
      expect(text).not.toContain('<b>1')
    }
    expect(await shop.query('SELECT * FROM refunds')).toEqual([])
  })

  test('in dinars is typed as the page shows them', async () => {
    const { shop, merchant, path, refundPath } = await aPaidOrder()
    await shop.query(`UPDATE payments SET currency = 'kwd', hundredths = 150`)
    const form = await readPage(merchant, refundPath)
    expect(form).toContain('<bdi>KWD\u00a01.500</bdi>')
    expect(form).toContain('A recorded refund can’t be changed or removed')
    for (const wrong of ['0.505', '0,500'])
      expect((await submit(merchant, `${refundPath}&part=1`, { amount: wrong })).status).toBe(422)
    const { headers } = await submit(merchant, `${refundPath}&part=1`, { amount: '0.500' })
    expect(headers.location).toBe(`${path}?done=refunded`)
    expect(await shop.query('SELECT hundredths FROM refunds')).toEqual([{ hundredths: 50 }])
  })

  test('is refused with a form of another payment, of a payment of another order, and of none', async () => {
    const { shop, merchant, refundPath, path, payment } = await aPaidOrder()
    const second = await order(shop.browser())
    await shop.pay(second.id)
    const otherPath = `/desk/orders/${await orderOf(shop, second.id)}`
    const fields = await fillIn(merchant, refundPath)
    await send(merchant, `${otherPath}/refund`, fields).expect(404)
    await merchant.get(`${otherPath}/refund?payment=${payment}`).expect(404)
    await merchant.get(`${path}/refund`).expect(400)
    const [other] = await shop.query(`SELECT id FROM payments WHERE id <> '${payment}'`)
    await send(merchant, `${otherPath}/refund`, { ...fields, payment: String(other?.id) }).expect(400)
    expect(await shop.query('SELECT * FROM refunds')).toEqual([])
  })

  test('whose form is not as the page makes it is 400, and stores nothing', async () => {
    const { shop, merchant, refundPath } = await aPaidOrder()
    const wrong: Record<string, string>[] = [
      { more: '1' },
      { part: 'x' },
      { endsAccess: 'true' },
      { refunded: '-1' },
      { refunded: 'none' },
      { note: 'x'.repeat(1_001) },
      { form: '' },
      { form: '1.2.3' },
    ]
    for (const changes of wrong) {
      const { status } = await submit(merchant, refundPath, changes)
      expect([changes, status]).toEqual([changes, 400])
    }
    expect(await shop.query('SELECT * FROM refunds')).toEqual([])
  })

  test('is refused after the sign-out, to a stranger, to a buyer, and from another site', async () => {
    const { shop, merchant, buyer, refundPath } = await aPaidOrder()
    const fields = await fillIn(merchant, refundPath)
    await send(shop.browser(), refundPath, fields).expect(401)
    await send(buyer, refundPath, fields).expect(401)
    await send(merchant, refundPath, fields).set('Sec-Fetch-Site', 'cross-site').expect(403)
    await send(merchant, refundPath, fields).set('Origin', 'https://elsewhere.example').expect(403)
    await send(await signIn(shop), refundPath, fields).expect(400) // the form of another browser
    const signOut = readFields(await readPage(merchant, refundPath), '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(signOut).expect(303)
    await send(merchant, refundPath, fields).expect(401)
    expect(await shop.query('SELECT * FROM refunds')).toEqual([])
  })
})

describe('revoking', () => {
  test('speaks of money only where some has come', async () => {
    const { shop, merchant, path } = await aPaidOrder()
    expect(await readPage(merchant, `${path}/revoke`)).toContain('The money stays with you.')
    await shop.query(`UPDATE payments SET proof = 'free', hundredths = 0, intent = NULL`)
    const page = await readPage(merchant, `${path}/revoke`)
    expect(page).toContain('Ends the access of everyone who has this order. You can restore it later.')
    expect(page).not.toMatch(/The money|new payment/)
  })

  test('ends everyone’s access, and restoring gives it back', async () => {
    const { shop, merchant, path, isOpen } = await aPaidOrder()
    await submit(merchant, `${path}/revoke`, { reason: 'charged back <elsewhere>' })
    expect(await isOpen()).toBe(false)
    const page = await readPage(merchant, `${path}?done=revoked`)
    expect(page).toContain('Access is revoked.')
    expect(page).toContain('charged back &lt;elsewhere&gt;')
    const restorePath = /href="([^"]+\/restore\?revocation=[^"]+)"/.exec(page)?.[1] ?? ''
    await submit(merchant, restorePath, { reason: 'a mistake' })
    expect(await isOpen()).toBe(true)
    expect(await readPage(merchant, path)).toContain('a mistake')
    await merchant.get(restorePath).expect(409)
    expect(await actionsIn(shop)).toEqual(['access-restored', 'access-revoked'])
  })

  test('of one browser leaves the others’ open', async () => {
    const { shop, merchant, offer, path, isOpen, isOpenTo } = await aPaidOrder()
    const phone = shop.browser()
    const code = new URL(offer.successUrl).searchParams.get('redeem')
    await phone.post('/redemptions').send({ intent: offer.id, code }).expect(303)
    const [holder] = await shop.query(`SELECT buyer FROM holders WHERE acquired_by = 'redeemed'`)
    await submit(merchant, `${path}/revoke?buyer=${holder?.buyer}`, { reason: 'not theirs' })
    expect([await isOpen(), await isOpenTo(phone)]).toEqual([true, false])
    await merchant.get(`${path}/revoke?buyer=nobody`).expect(404)
  })

  test.each([
    ['everyone', 1, 'Access of single buyers is revoked as well', 'access of single buyers is still revoked'],
    ['one buyer', 0, 'Access is revoked for everyone as well', 'access is still revoked for everyone'],
  ])(
    'of everyone and of one buyer is undone one by one, as restoring that of %s says',
    async (_, which, before, after) => {
      const { shop, merchant, path, isOpen } = await aPaidOrder()
      const [holder] = await shop.query('SELECT buyer FROM holders')
      const paths = [`${path}/revoke?buyer=${holder?.buyer}`, `${path}/revoke`]
      for (const each of paths) {
        await submit(merchant, each, { reason: 'x' })
        shop.clock.advance(1)
      }
      const links = (await readPage(merchant, path)).matchAll(/href="([^"]+\/restore\?revocation=[^"]+)"/g)
      const restorePaths = [...links].map(([, each = '']) => each)
      const [first = '', second = ''] = which === 0 ? restorePaths : restorePaths.reverse()
      expect(await readPage(merchant, first)).toContain(before)
      const { headers } = await submit(merchant, first, { reason: 'x' })
      const page = await readPage(merchant, String(headers.location))
      expect(page).toContain(after)
      expect(page).not.toContain('Access is restored.')
      expect(await isOpen()).toBe(false)
      expect((await submit(merchant, second, { reason: 'x' })).headers.location).toBe(`${path}?done=restored`)
      expect(await isOpen()).toBe(true)
    },
  )

  test('the only holder’s access leaves nobody with any, and the page says so', async () => {
    const { shop, merchant, path, refundPath } = await aPaidOrder()
    const [holder] = await shop.query('SELECT buyer FROM holders')
    await submit(merchant, `${path}/revoke?buyer=${holder?.buyer}`, { reason: 'x' })
    const nobody = 'Nobody has access any more. Nothing to do.'
    expect(await readPage(merchant, path)).toContain(nobody)
    await submit(merchant, `${refundPath}&part=1`, { amount: '0.10' })
    expect(await readPage(merchant, path)).toContain(nobody)
    const { endsAccess: _, ...unticked } = await fillIn(merchant, refundPath)
    await send(merchant, refundPath, unticked)
    expect(await readPage(merchant, path)).toContain(nobody)
  })

  test('twice at once is once', async () => {
    const { shop, merchant, path } = await aPaidOrder()
    const tabs = [await fillIn(merchant, `${path}/revoke`), await fillIn(merchant, `${path}/revoke`)]
    const answers = await Promise.all(
      tabs.map((fields) => send(merchant, `${path}/revoke`, { ...fields, reason: 'twice' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await shop.query('SELECT reason FROM revocations')).toEqual([{ reason: 'twice' }])
  })

  test('needs a reason, and a revocation of this order', async () => {
    const { shop, merchant, path } = await aPaidOrder()
    const { status, text } = await submit(merchant, `${path}/revoke`, { reason: '  ' })
    expect([status, isInvalid(text, 'reason')]).toEqual([422, true])
    expect(text).toContain('<title>Error: Revoke access: An article · Desk</title>')
    expect(text).toContain('can’t be removed later, so leave out names and other personal data')
    const again = { ...readFields(text, `${path}/revoke`), reason: 'x'.repeat(1_001) }
    await send(merchant, `${path}/revoke`, again).expect(400)
    await merchant.get(`${path}/restore?revocation=none`).expect(404)
    await merchant.get(`${path}/restore`).expect(400)
    expect(await shop.query('SELECT * FROM revocations')).toEqual([])
  })
})

describe('access that was revoked before its order was paid', () => {
  test('is restored by the payment, as the table of revocations says', async () => {
    const { shop, merchant, buyer, isOpen } = await aDesk()
    const offer = await order(buyer)
    const path = `/desk/orders/${await orderOf(shop, offer.id)}`
    await submit(merchant, `${path}/revoke`, { reason: 'too early' })
    expect(await readPage(merchant, path)).not.toMatch(/<\/time>\s+by a new payment/)
    await shop.pay(offer.id)
    expect(await isOpen()).toBe(true)
    expect(await readPage(merchant, path)).toMatch(/<\/time>\s+by a new payment/)
  })
})

describe('a form that ends the access of one buyer', () => {
  const WARNING = 'The link in their wallet still opens the order until'

  test('says until when the wallet’s link still opens the order, and where to end that', async () => {
    const { shop, merchant, path } = await aPaidOrder()
    const [payment] = await shop.query('SELECT paid_at FROM payments')
    const [holder] = await shop.query('SELECT buyer FROM holders')
    const until = new Date(Number(payment?.paid_at) + DAY).toISOString()
    const forms = [`${path}/revoke?buyer=${holder?.buyer}`, `${path}/link`]
    for (const form of forms) {
      const page = await readPage(merchant, form)
      expect(page).toContain(`${WARNING} <time datetime="${until}"`)
      expect(page).toContain(`<a href="/desk/buyers/${holder?.buyer}">Buyer`)
    }
    expect(await readPage(merchant, `${path}/revoke`)).not.toContain(WARNING)
    shop.clock.advance(DAY + Number(payment?.paid_at) - shop.clock.now())
    const later = await signIn(shop)
    for (const form of forms) expect(await readPage(later, form)).not.toContain(WARNING)
  })

  test('has no such warning once the lost browser is signed out', async () => {
    const { merchant, shop, path } = await aPaidOrder()
    const [holder] = await shop.query('SELECT buyer FROM holders')
    const page = `/desk/buyers/${holder?.buyer}`
    const [signOut = ''] = /[^"]*sign-out\?browser=[^"]*/.exec(await readPage(merchant, page)) ?? []
    expect((await submit(merchant, signOut, { reason: 'Stolen' })).status).toBe(303)
    expect(await readPage(merchant, `${path}/revoke?buyer=${holder?.buyer}`)).not.toContain(WARNING)
    expect(await readPage(merchant, `${path}/link`)).not.toContain(WARNING)
  })
})

describe('a redemption link', () => {
  test('opens the order in one browser, is shown once as text and picture, and is stored as a hash', async () => {
    const { shop, merchant, path, isOpenTo } = await aPaidOrder()
    const { status, text } = await submit(merchant, `${path}/link`, { lost: '' })
    expect(status).toBe(200)
    expect(text).toContain('<svg')
    const link = linkIn(text)
    const browser = await redeem(shop, link)
    expect(await isOpenTo(browser)).toBe(true)
    const code = new URL(link).searchParams.get('redeem')
    await shop.browser().get(link.slice(shop.url.length)).expect(410)
    expect(JSON.stringify(await shop.query('SELECT * FROM redemptions'))).not.toContain(code)
    expect(JSON.stringify(await shop.query('SELECT * FROM actions'))).not.toContain(code)
    expect(await readPage(merchant, path)).toContain('Redeemed a link of yours')
    expect(await readPage(merchant, `${path}/link`)).toContain('1 for this order.')
  })

  test('is issued beside what only the payer knows: when they paid, and what else they bought, not what they looked at', async () => {
    const { shop, merchant, buyer, path } = await aPaidOrder()
    await order(buyer, 'other')
    const known = async () => /<dl[^>]*>([\s\S]*?)<\/dl>/.exec(await readPage(merchant, `${path}/link`))?.[1]
    expect(await known()).toContain('This is when Code’s webhook arrived, usually seconds after the payment.')
    expect(await known()).toContain('Nothing else')
    const [intent] = await shop.query(
      `SELECT id FROM intents WHERE order_id NOT IN (SELECT order_id FROM payments)`,
    )
    await shop.pay(String(intent?.id))
    expect(await known()).toMatch(/What else they bought<\/dt><dd dir="auto">(?!Nothing else)./)
  })

  test.each([
    ['polling', 'This is when polling found the payment, which was made earlier.'],
    ['hand', 'This is when you honoured the order by hand. The payment was made earlier.'],
  ])('is issued beside when the shop learned of the payment by %s', async (messenger, how) => {
    const { shop, merchant, buyer } = await aDesk()
    const { id } = await order(buyer)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    if (messenger === 'hand')
      await submit(merchant, `${path}/honour`, { amount: '1', currency: 'usd', reason: 'x' })
    else {
      await shop.approve(id)
      shop.clock.advance(60_000)
      await shop.pollDue()
    }
    expect(await readPage(merchant, `${path}/link`)).toContain(how)
  })

  test('is issued beside the first delivery of the event for which an order was honoured', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.1 }))
    const deliveredAt = new Date(shop.clock.now()).toISOString()
    shop.clock.advance(DAY / 4)
    await submit(merchant, `${path}/honour`, { reason: 'x' })
    const page = await readPage(merchant, `${path}/link`)
    expect(page).toContain('This is when Code’s webhook arrived')
    expect(page).toContain(`<dt>When they paid</dt><dd><time datetime="${deliveredAt}"`)
  })

  test('ends the one before, and the access of the browser that was lost', async () => {
    const { shop, merchant, path, isOpen, isOpenTo } = await aPaidOrder()
    const first = linkIn((await submit(merchant, `${path}/link`, { lost: '' })).text)
    const [holder] = await shop.query('SELECT buyer FROM holders')
    const second = linkIn((await submit(merchant, `${path}/link`, { lost: String(holder?.buyer) })).text)
    expect(await isOpen()).toBe(false)
    await shop.browser().get(first.slice(shop.url.length)).expect(410)
    expect(await isOpenTo(await redeem(shop, second))).toBe(true)
    await shop.pollDue()
  })

  test('to everything of a buyer opens all that they hold, in one browser', async () => {
    const { shop, merchant, buyer, isOpenTo } = await aPaidOrder()
    const other = await order(buyer, 'other')
    await shop.pay(other.id)
    const [row] = await shop.query('SELECT id FROM buyers')
    const path = `/desk/buyers/${row?.id}`
    const fields = readFields(await readPage(merchant, path), `${path}/links`)
    const { status, text } = await send(merchant, `${path}/links`, fields)
    expect(status).toBe(200)
    const link = linkIn(text)
    const browser = await redeem(shop, link)
    expect(await isOpenTo(browser)).toBe(true)
    expect((await browser.get('/products/other')).text).toContain('PAID-PART')
    await shop.browser().get(link.slice(shop.url.length)).expect(410)
    expect((await send(merchant, `${path}/links`, fields)).status).toBe(409) // the form was sent
    expect(await shop.query(`SELECT what FROM actions WHERE subject = '${row?.id}'`)).toEqual([
      { what: 'link-issued' },
    ])
  })

  test('to everything of a buyer is refused to one who has nothing any more', async () => {
    const { shop, merchant, path: orderPath } = await aPaidOrder()
    const [row] = await shop.query('SELECT id FROM buyers')
    const path = `/desk/buyers/${row?.id}`
    const fields = readFields(await readPage(merchant, path), `${path}/links`)
    await submit(merchant, `${orderPath}/revoke`, { reason: 'meanwhile' })
    expect((await send(merchant, `${path}/links`, fields)).status).toBe(409)
    expect(await shop.query(`SELECT * FROM redemptions WHERE purpose = 'merchant'`)).toEqual([])
  })

  test('ends after a day', async () => {
    const { shop, merchant, path } = await aPaidOrder()
    const link = linkIn((await submit(merchant, `${path}/link`, { lost: '' })).text)
    shop.clock.advance(DAY)
    await shop.browser().get(link.slice(shop.url.length)).expect(410)
  })

  test('is refused for an order that is unpaid, or revoked, or to somebody who doesn’t hold it', async () => {
    const { shop, merchant, buyer, path } = await aPaidOrder()
    expect((await submit(merchant, `${path}/link`, { lost: 'nobody' })).status).toBe(404)
    await submit(merchant, `${path}/revoke`, { reason: 'x' })
    await merchant.get(`${path}/link`).expect(409)
    const unpaid = await order(buyer, 'other')
    await merchant.get(`/desk/orders/${await orderOf(shop, unpaid.id)}/link`).expect(409)
    expect(await shop.query(`SELECT * FROM redemptions WHERE purpose = 'merchant'`)).toEqual([])
  })
})

describe('honouring by hand', () => {
  test('is filled in from an event that paid the merchant, and gives the buyer what they paid for', async () => {
    const { shop, merchant, path, isOpen, offer, deliver } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    const form = await readPage(merchant, `${path}/honour`)
    expect(form).toContain('name="amount" value="0.20"')
    expect(form).toContain('name="currency" value="usd"')
    expect(form).toContain('You can’t change or remove what you record')
    const typed = { amount: '0.20', currency: 'usd', reason: 'it came' }
    expect((await submit(merchant, `${path}/honour`, typed)).headers.location).toBe(`${path}?done=honoured`)
    expect(await isOpen()).toBe(true)
    const page = await readPage(merchant, path)
    expect(page).toContain('Honoured by hand: $0.20')
    expect(page).toContain('you vouched that the money came')
    expect(page).not.toContain('But Code also reported a payment')
    await merchant.get(`${path}/honour`).expect(409)
    await deliver(claimsOf(offer)) // the proof of the same payment: its amount replaces what was typed
    expect(await shop.query('SELECT hundredths, proof FROM payments')).toEqual([
      { hundredths: 25, proof: 'webhook' },
    ])
    const confirmed = await readPage(merchant, path)
    expect(confirmed).toContain('a webhook has confirmed the payment since')
    expect(confirmed).toContain('Webhook received: it confirms the payment')
    expect(confirmed).toContain('Honoured by hand: $0.20') // as it was entered
    expect(confirmed).toContain('$0.25 replaces the $0.20 that you entered')
    const [event] = await shop.query('SELECT digest FROM events WHERE hundredths = 25')
    expect(await readPage(merchant, `/desk/events/${event?.digest}`)).toContain(
      'its amount counts in place of the one that you entered',
    )
    expect(await actionsIn(shop)).toEqual(['order-honoured'])
  })

  test('keeps its money once a part of that was sent back, whatever a webhook says later', async () => {
    const { shop, merchant, path, offer, deliver } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    const typed = { amount: '5000', currency: 'kin', reason: 'it came' }
    await submit(merchant, `${path}/honour`, typed)
    const [payment] = await shop.query('SELECT id FROM payments')
    await submit(merchant, `${path}/refund?payment=${payment?.id}`, { amount: '5000' })
    await deliver(claimsOf(offer))
    expect(await shop.query('SELECT hundredths, currency, proof FROM payments')).toEqual([
      { hundredths: 500_000, currency: 'kin', proof: 'merchant' },
    ])
    const [event] = await shop.query('SELECT digest FROM events WHERE hundredths = 25')
    const page = await readPage(merchant, `/desk/events/${event?.digest}`)
    expect(page).toContain('the payment stays as you entered it')
    const orderPage = await readPage(merchant, path)
    expect(orderPage).toContain('it pays what was ordered, but you had honoured the order')
    expect(orderPage).toContain('But Code also reported the payment as it was ordered')
    expect(orderPage).not.toContain('with other details than the order’s')
    expect(orderPage).not.toContain('Nothing to do.')
    const alert = { verdict: 'mismatched', difference: expect.stringContaining('honoured it by hand') }
    expect(shop.logged.filter(({ alert }) => alert)).toMatchObject([{}, alert])
  })

  test('is told on the page of the event for which it was done', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    await submit(merchant, `${path}/honour`, { reason: 'it <came>' })
    const [event] = await shop.query('SELECT digest FROM events')
    const page = await readPage(merchant, `/desk/events/${event?.digest}`)
    expect(page).toContain('Honoured by hand: “it &lt;came&gt;”')
    expect(page).not.toContain('Nothing yet.')
  })

  test('says how the fees of an event differ from those of the order', async () => {
    const fees = [{ destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR', basisPoints: 100 }]
    const { merchant, path } = await aMismatchedOrder(() => ({ fees }))
    for (const page of [path, `${path}/honour`])
      expect(await readPage(merchant, page)).toContain(
        'Fees: ordered none, claimed codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR 100',
      )
  })

  test.each([
    ['that paid somebody else', { destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR' }],
    ['whose payment was not made', { state: 'PENDING' }],
  ])('is not filled in from an event %s, and says that no money came', async (_which, claims) => {
    const { merchant, path } = await aMismatchedOrder(() => claims)
    const form = await readPage(merchant, `${path}/honour`)
    expect(form).toContain('no money reached you')
    expect(form).toContain('name="amount" value=""')
    expect(await readPage(merchant, `${path}/honour?event=none`)).not.toContain('no money reached you')
  })

  test('chooses no event that was dismissed', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    await shop.query(`UPDATE events SET dismissed_at = 1, dismissed_by = 'x', dismissed_reason = 'x'`)
    const form = await readPage(merchant, `${path}/honour`)
    expect(form).toContain('name="amount" value=""')
    expect(readFields(form, `${path}/honour`)).toMatchObject({ event: '' })
    const [event] = await shop.query('SELECT digest FROM events')
    expect(await readPage(merchant, `${path}/honour?event=${event?.digest}`)).toContain('value="0.20"')
  })

  test('chooses no event of an intent that is paid, while another one isn’t', async () => {
    const { shop, merchant, path, offer, deliver } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    await deliver(claimsOf(offer))
    await shop.query(`INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at)
      SELECT 'second', order_id, hundredths, currency, destination, created_at + 1 FROM intents`)
    const form = await readPage(merchant, `${path}/honour`)
    expect(readFields(form, `${path}/honour`)).toMatchObject({ intent: 'second', event: '' })
  })

  test('shows the tax in what really came and in what went back, with the ids that exports have', async () => {
    const catalogFolder = join(aFolder(), 'catalog')
    cpSync('test/support/catalog', catalogFolder, { recursive: true })
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'tax: { rate: 19, label: VAT }\n')
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }), { catalogFolder })
    await submit(merchant, `${path}/honour`, { amount: '9', currency: 'eur', reason: 'it came' })
    const [payment] = await shop.query('SELECT id FROM payments')
    await submit(merchant, `${path}/refund?payment=${payment?.id}&part=1`, { amount: '1.19' })
    const [refund] = await shop.query('SELECT id FROM refunds')
    const page = await readPage(merchant, path)
    const taxes = page.matchAll(/<td data-label="Tax in it" class="amount"><bdi>(.*?)</g)
    expect([...taxes].map(([, tax]) => tax)).toEqual(['€1.44', '€0.19'])
    for (const id of [payment?.id, refund?.id]) expect(page).toContain(`>${id}</code>`)
    for (const id of [payment?.id, refund?.id])
      expect(await readPage(merchant, `/desk/orders?search=${id}`)).toContain(path)
  })

  test.each([
    ['1.500', 'KWD', { hundredths: 150, currency: 'kwd' }],
    ['9,999.50', 'INR', { hundredths: 999_950, currency: 'inr' }],
  ])('takes an amount as the desk shows it: %s %s', async (amount, currency, recorded) => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    await submit(merchant, `${path}/honour`, { amount, currency, reason: 'it came' })
    expect(await shop.query('SELECT hundredths, currency FROM payments')).toEqual([recorded])
  })

  test('says of each field what is wrong with it, and keeps the others', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    const good = { amount: '0.20', currency: 'usd', reason: 'kept' }
    for (const [field, typed, fault] of [
      ['amount', 'x', 'Enter an amount of at least 0.01, with at most two decimals'],
      ['amount', '0.00', 'Enter an amount of at least 0.01'],
      ['amount', '250.01', 'One payment with Code is at most $250.00.'],
      ['currency', 'xyz', 'Code doesn’t take this currency'],
      ['reason', ' \n ', 'Enter a reason'],
    ] as const) {
      const { status, text } = await submit(merchant, `${path}/honour`, { ...good, [field]: typed })
      expect([status, Object.keys(good).filter((name) => isInvalid(text, name))]).toEqual([422, [field]])
      expect(text).toContain(fault)
      const fields = readFields(text, `${path}/honour`)
      expect({ ...fields, [field]: good[field] }).toMatchObject(good)
    }
    expect(await shop.query('SELECT * FROM payments')).toEqual([])
  })

  test('takes more than Code’s documented maximum only if Code has reported just that', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 300 }))
    const typed = { amount: '300.01', currency: 'usd', reason: 'it came' }
    expect((await submit(merchant, `${path}/honour`, typed)).status).toBe(422)
    expect((await submit(merchant, `${path}/honour`, { ...typed, amount: '300.00' })).status).toBe(303)
    expect(await shop.query('SELECT hundredths FROM payments')).toEqual([{ hundredths: 30_000 }])
  })

  test('in two tabs at once is one payment', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    const typed = { amount: '0.20', currency: 'USD', reason: 'it came' }
    const tabs = [
      await fillIn(merchant, `${path}/honour`, typed),
      await fillIn(merchant, `${path}/honour`, typed),
    ]
    const answers = await Promise.all(tabs.map((fields) => send(merchant, `${path}/honour`, fields)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await shop.query('SELECT hundredths FROM payments')).toEqual([{ hundredths: 20 }])
  })

  test('is refused with an intent or an event of another order', async () => {
    const { shop, merchant, path } = await aMismatchedOrder(() => ({ amount: 0.2 }))
    const other = await order(shop.browser())
    const typed = { amount: '0.20', currency: 'usd', reason: 'it came' }
    expect((await submit(merchant, `${path}/honour`, { ...typed, intent: other.id })).status).toBe(404)
    expect((await submit(merchant, `${path}/honour`, { ...typed, event: 'f'.repeat(64) })).status).toBe(404)
    expect(await shop.query('SELECT * FROM payments')).toEqual([])
  })
})

test('money that came to a product’s own address came to the merchant, also before any order has used it', async () => {
  const own = 'GMVfxQfZWmeKU41xGkt7tBd9ExfNvrBLJN6zQQuZvHnt'
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  const file = join(catalogFolder, 'other.md')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^price: .*$/m, `$&\ndestination: ${own}`))
  const { shop, merchant, path } = await aMismatchedOrder(() => ({ destination: own }), { catalogFolder })
  expect(await shop.query(`SELECT * FROM destinations WHERE address = '${own}'`)).toEqual([])
  expect(await readPage(merchant, `${path}/honour`)).toContain('this money reached an address of yours')
  const [event] = await shop.query('SELECT digest FROM events')
  expect(await readPage(merchant, `/desk/events/${event?.digest}`)).toContain(
    'make the order paid by your word',
  )
})

describe('honouring an orphaned event', () => {
  async function anOrphan(change: object = {}, options: ShopOptions = {}) {
    const key = aSequencerKey()
    const desk = await aDesk({ ...options, config: { publicKeys: [key.publicKey] } })
    const { shop, merchant } = desk
    const intent = '4eGXXmrQ8Zy9bkPVeUGqU8K3pmMXDm3rdE1NKVJ1jVTk'
    const offer = { id: intent, amount: 25, currency: 'usd', destination: shop.config.destination }
    const deliver = () =>
      shop
        .request()
        .post('/webhook')
        .set('Content-Type', 'application/jwt')
        .send(signed({ ...claimsOf(offer), ...change }, key.privateKey))
        .expect(200)
    await deliver()
    const [event] = await shop.query('SELECT digest, verdict FROM events')
    expect(event?.verdict).toBe('orphaned')
    return { shop, merchant, deliver, path: `/desk/events/${event?.digest}/honour` }
  }

  const typed = { product: 'article', reason: 'lost with the old disk' }

  test('makes a paid order of a new buyer, and a link to it', async () => {
    const { shop, merchant, path, deliver } = await anOrphan()
    expect(await readPage(merchant, path)).toContain('<bdi>$0.25</bdi>')
    const { status, text } = await submit(merchant, path, typed)
    expect(status).toBe(200)
    const link = new URL(/<textarea[^>]*>([^<]+)</.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '')
    const buyer = shop.browser()
    await buyer
      .post('/redemptions')
      .send({ intent: link.pathname.split('/').at(-1), code: link.searchParams.get('redeem') })
      .expect(303)
    expect((await buyer.get('/products/article')).text).toContain(ARTICLE)
    await deliver() // once more, which makes no second payment
    expect(await shop.query('SELECT hundredths, currency FROM payments')).toEqual([
      { hundredths: 25, currency: 'usd' },
    ])
    expect(await readPage(merchant, path.replace('/honour', ''))).toContain('“lost with the old disk”')
    const [order] = await shop.query('SELECT id FROM orders')
    const page = await readPage(merchant, `/desk/orders/${order?.id}`)
    expect(page).toContain('Made by hand for a payment of $0.25 without an order')
    expect(page).toContain('lost with the old disk')
    expect(await actionsIn(shop)).toEqual(['link-issued', 'orphan-honoured'])
  })

  test.each([
    ['an amount that can’t be read', { amount: 'much' }],
    ['no amount', { amount: 0 }],
    ['a currency that the shop doesn’t know', { currency: 'xxq' }],
  ])('with %s isn’t offered, and the page says what to do instead', async (_, change) => {
    const { merchant, path } = await anOrphan(change)
    const page = await readPage(merchant, path.replace('/honour', ''))
    expect(page).toContain('send it back from your wallet; then dismiss the event.')
    expect(page).not.toContain(path)
    await merchant.get(path).expect(404)
  })

  test('in two tabs at once is one order', async () => {
    const { shop, merchant, path } = await anOrphan()
    const tabs = [await fillIn(merchant, path, typed), await fillIn(merchant, path, typed)]
    const answers = await Promise.all(tabs.map((fields) => send(merchant, path, fields)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await shop.query('SELECT product FROM orders')).toEqual([{ product: 'article' }])
  })

  test('whose order has come back is no use: the page says to judge it again', async () => {
    const { shop, merchant, path } = await anOrphan()
    const form = await fillIn(merchant, path, typed)
    await order(shop.browser())
    await shop.query('UPDATE intents SET id = (SELECT intent FROM events)')
    const page = await readPage(merchant, path.replace('/honour', ''))
    expect(page).toContain('The shop didn’t have its order then, but has it now. Judge it again')
    expect(page).not.toContain(path)
    expect((await merchant.get(path).expect(409)).text).toContain(
      'The shop has the order of this event again',
    )
    expect((await send(merchant, path, form).expect(409)).text).toContain('Judge the event again')
    expect(await shop.query('SELECT * FROM payments')).toEqual([])
  })

  test('needs a product that the merchant has chosen, and keeps the reason', async () => {
    const { shop, merchant, path } = await anOrphan()
    expect(await readPage(merchant, path)).not.toContain(' selected')
    const { status, text } = await submit(merchant, path, { product: '', reason: 'kept' })
    expect([status, isInvalid(text, 'product')]).toEqual([422, true])
    await send(merchant, path, { ...readFields(text, path), product: 'article' }).expect(200)
    expect(await shop.query('SELECT honoured_reason FROM payments')).toEqual([{ honoured_reason: 'kept' }])
  })

  test('shows prices in the currency that came', async () => {
    const catalogFolder = aFolder()
    cpSync('test/support/catalog', catalogFolder, { recursive: true })
    const file = join(catalogFolder, 'other.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^price: .*$/m, 'price: [0.25 usd, 0.20 eur]'))
    const { merchant, path } = await anOrphan({ currency: 'eur' }, { catalogFolder })
    expect(await readPage(merchant, path)).toMatch(/<option value="other">[^<]*, €0\.20</)
  })

  test('needs a reason, and keeps the product that was chosen', async () => {
    const { shop, merchant, path } = await anOrphan()
    const { status, text } = await submit(merchant, path, { product: 'download', reason: ' ' })
    expect([status, isInvalid(text, 'reason')]).toEqual([422, true])
    expect(text).toContain('<option value="download" selected>')
    const fields = { ...readFields(text, path), product: 'download', reason: 'x' }
    await send(merchant, path, fields).expect(200)
    expect(await shop.query('SELECT product FROM orders')).toEqual([{ product: 'download' }])
  })

  test('is refused for a product that isn’t for sale, and for another event', async () => {
    const { shop, merchant, path } = await anOrphan()
    expect((await submit(merchant, path, { ...typed, product: 'nothing' })).status).toBe(404)
    for (const digest of ['f'.repeat(64), 'x', '..%2f'])
      await merchant.get(`/desk/events/${digest}/honour`).expect(404)
    expect(await shop.query('SELECT * FROM orders')).toEqual([])
  })
})
