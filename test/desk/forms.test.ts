import { expect, test } from '@jest/globals'
import { HOUR_MS } from '../../server/time.ts'
import { actionsOf, HTML, isIn, signIn } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop, type Browser, type TestShop } from '../support/shop.ts'

/** The form that signs out the browser itself, as its pages have it. */
async function formOf(browser: Browser): Promise<Record<string, string>> {
  const { text } = await browser.get('/desk/audit-log').set(HTML).expect(200)
  return readFields(text, '/desk/sign-outs')
}

const send = (browser: Browser, form: unknown) =>
  browser
    .post('/desk/sign-outs')
    .type('form')
    .send(form as object)

const signOuts = (shop: TestShop) => shop.query(`SELECT * FROM actions WHERE what = 'sign-out'`)

onSqliteAndPostgres((engine) => {
  test('a form is good once, also when it is sent twice at once', async () => {
    const shop = await aShop({ engine })
    const [one, other] = [await signIn(shop), await signIn(shop)]
    const { text } = await one.get('/desk/sessions').set(HTML)
    const form = readFields(text, '/desk/sign-outs')
    const answers = await Promise.all([1, 2].map(() => one.post('/desk/sign-outs').type('form').send(form)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect((await actionsOf(shop)).filter((what) => what === 'sign-out')).toHaveLength(1)
    expect([await isIn(one), await isIn(other)].filter(Boolean)).toHaveLength(1)
  })
})

test('a form that was sent isn’t accepted again, and says where to go on', async () => {
  const shop = await aShop()
  const [merchant, other] = [await signIn(shop), await signIn(shop)]
  const { text } = await merchant.get('/desk/sessions').set(HTML)
  const own = await formOf(merchant)
  const ofOther = text
    .split(/(?=<form\b)/)
    .filter((row) => row.includes('/desk/sign-outs'))
    .map((row) => readFields(row, '/desk/sign-outs'))
    .find(({ session }) => session !== own.session)
  await send(merchant, ofOther).expect(303)
  const again = await send(merchant, ofOther).set(HTML).expect(409)
  expect(again.text).toContain('This form was already sent')
  expect(again.text).toContain('href="/desk/sessions">See how it is now</a>')
  await other.get('/desk/sessions').expect(401)
  expect(await signOuts(shop)).toHaveLength(1)
})

test.each<[string, (own: Record<string, string>, other: Record<string, string>) => unknown]>([
  ['without a token', ({ session }) => ({ session })],
  ['with an empty token', ({ session }) => ({ session, form: '' })],
  ['with a token of another browser', ({ session }, { form }) => ({ session, form })],
  ['with a token for another session', ({ form }, { session }) => ({ session, form })],
  ['with a token that was changed', ({ session, form = '' }) => ({ session, form: form.replace(/.$/, 'g') })],
  ['with a token of another time', ({ session, form }) => ({ session, form: `z${form}` })],
  ['with two tokens', ({ session, form }) => `form=${form}&form=${form}&session=${session}`],
  ['with a field that it doesn’t have', (own) => ({ ...own, admin: 'yes' })],
  ['that is no form', () => ['a', 'b']],
  ['whose token is a list', ({ session, form }) => `session=${session}&form[]=${form}`],
])('a form %s is rejected, and changes nothing', async (_, change) => {
  const shop = await aShop()
  const [merchant, other] = [await signIn(shop), await signIn(shop)]
  const answer = await send(merchant, change(await formOf(merchant), await formOf(other)))
  expect([answer.status, answer.body.type]).toEqual([400, '/problems/request-invalid'])
  for (const browser of [merchant, other]) await browser.get('/desk/sessions').expect(200)
  expect(await signOuts(shop)).toEqual([])
})

test('a form that is too large, or of another type, is rejected', async () => {
  const shop = await aShop()
  const merchant = await signIn(shop)
  const form = await formOf(merchant)
  await send(merchant, { ...form, form: 'x'.repeat(5_000) }).expect(413)
  await merchant.post('/desk/sign-outs').type('text').send(JSON.stringify(form)).expect(415)
  await merchant.get('/desk/sign-outs').expect(405).expect('Allow', 'POST')
  await merchant.put('/desk/sessions').expect(405).expect('Allow', 'GET, HEAD')
})

test('a form of a browser that has signed out is rejected', async () => {
  const shop = await aShop()
  const merchant = await signIn(shop)
  const [one, another] = [await formOf(merchant), await formOf(merchant)]
  await send(merchant, one).expect(303)
  await send(merchant, another).expect(401)
  expect(await signOuts(shop)).toHaveLength(1)
})

test('a form is good for twelve hours, and remembered only for as long', async () => {
  const shop = await aShop()
  const [merchant, other] = [await signIn(shop), await signIn(shop)]
  const [early, late] = [await formOf(merchant), await formOf(other)]
  shop.clock.advance(6 * HOUR_MS)
  for (const browser of [merchant, other]) await browser.get('/desk/sessions').expect(200)
  shop.clock.advance(6 * HOUR_MS)
  await send(merchant, early).expect(409)
  await send(other, late).expect(409)
  expect(await shop.query('SELECT form FROM desk_forms')).toHaveLength(2) // those of the two links
  await send(merchant, await formOf(merchant)).expect(303)
  expect(await shop.query('SELECT form FROM desk_forms')).toHaveLength(3)
  shop.clock.advance(1)
  await send(other, await formOf(other)).expect(303)
  expect(await shop.query('SELECT form FROM desk_forms')).toHaveLength(2)
})

test.each([
  [`/desk/events/${'0'.repeat(64)}`, 'judgements'],
  [`/desk/events/${'0'.repeat(64)}`, 'dismissal'],
  [`/desk/events/${'0'.repeat(64)}`, 'honour'],
  ['/desk/buyers/1-2', 'links'],
  ['/desk/buyers/1-2', 'sign-out'],
  ['/desk/alerts', 'resends'],
  ['/desk/alerts', 'dismissals'],
])('a form that is refused leads back to what it was about: %s, %s', async (page, form) => {
  const merchant = await signIn(await aShop())
  const { text } = await merchant.post(`${page}/${form}`).set(HTML).type('form').send({}).expect(400)
  expect(text).toContain(`href="${page}">See how it is now</a>`)
})
