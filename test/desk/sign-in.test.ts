import { expect, test } from '@jest/globals'
import { issueDeskLink } from '../../server/desk/index.ts'
import { readForm, signIn } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop } from '../support/shop.ts'

const HTML = { Accept: 'text/html' }

onSqliteAndPostgres((engine) => {
  test('a one-time link signs one browser in, once', async () => {
    const shop = await aShop({ engine })
    const { pathname, search } = new URL(await issueDeskLink(shop, 'npm start'))
    const [first, second] = [shop.browser(), shop.browser()]
    const forms = []
    for (const browser of [first, second]) {
      const { text } = await browser
        .get(pathname + search)
        .set(HTML)
        .expect(200)
      forms.push(readForm(text, '/desk/enter'))
    }
    await first.post('/desk/enter').type('form').send(forms[0]).expect(303).expect('Location', '/desk')
    const late = await second.post('/desk/enter').type('form').send(forms[1]).expect(410)
    expect(late.body.type).toBe('/problems/desk-link-spent')
    const { text } = await first.get('/desk/audit-log').set(HTML).expect(200)
    expect(text).toContain('Made a sign-in link')
    expect(text).toContain('Signed in')
    await second.get('/desk/audit-log').expect(401)
  })

  test('a browser that signs out is out', async () => {
    const shop = await aShop({ engine })
    const merchant = await signIn(shop)
    const { text } = await merchant.get('/desk/sessions').set(HTML).expect(200)
    shop.clock.advance(1)
    const form = readForm(text, '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(form).expect(303)
    await merchant.get('/desk/sessions').expect(401)
    const actions = await shop.query('SELECT what FROM actions ORDER BY acted_at, what')
    expect(actions.map(({ what }) => what)).toEqual(['desk-link', 'sign-in', 'sign-out'])
  })
})
