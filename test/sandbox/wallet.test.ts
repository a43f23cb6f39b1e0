import { join } from 'node:path'
import { loginIntents } from '@code-wallet/client'
import { Keypair } from '@code-wallet/keys'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import express from 'express'
import { openSandbox } from '../../sandbox/index.ts'
import { aLogin, aSandbox, DESTINATION, later, listen, post, type TestSandbox } from './a-sandbox.ts'

const aStranger = () => Keypair.generate().getPublicKey().toBase58()
const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const page = async (url: string) => (await fetch(url, { headers: HTML })).text()

/** Presses a button of a page as a browser without JavaScript does. */
async function press(
  html: string,
  button: string,
  origin: string,
  chosen: Record<string, string> = {},
): Promise<Response> {
  const sent = html.replace(/<input type="checkbox"(?![^>]* checked)[^>]*>/g, '')
  const form = sent.split('<form').find((part) => part.includes(`>${button}</button>`)) ?? ''
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? 'no such button'
  const fields = [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
  )
  const choices = [...form.matchAll(/<select[^>]* name="([^"]*)">\s*<option value="([^"]*)"/g)].map(
    ([, name = '', first = '']): [string, string] => [name, first],
  )
  return post(new URL(action, origin).href, {
    headers: { ...HTML, Origin: origin },
    body: new URLSearchParams({ ...Object.fromEntries([...fields, ...choices]), ...chosen }),
  })
}

function topUp(origin: string, body: object): Promise<Response> {
  return post(`${origin}/wallet/top-ups`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('the API of the wallet', () => {
  test('shows what was asked for', async () => {
    const { create, json } = await aSandbox()
    const intent = await create({ amount: 4.99, currency: 'eur' })
    const request = {
      intent,
      kind: 'payment',
      state: 'pending',
      amount: 499,
      currency: 'eur',
      destination: DESTINATION,
      fees: [],
      codeScanned: false,
      createdAt: '2026-01-01T00:00:00.000Z',
    }
    expect(await json(`/wallet/requests/${intent}`)).toEqual(request)
    expect(await json('/wallet/requests')).toEqual([request])
  })

  test('tells a program to which address a wallet returns, and refuses one elsewhere', async () => {
    const { origin, create } = await aSandbox({ shops: ['http://127.0.0.1:*'] })
    const decide = async (fields: object, decision = 'approve') =>
      post(`${origin}/wallet/requests/${await create()}/${decision}`, {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(fields),
      })
    const success = 'http://127.0.0.1:3030/success/x?redeem=0123456789abcdef'
    const cancel = 'http://127.0.0.1:3030/cancel'
    expect(await (await decide({ success, browser: 'another' })).json()).toMatchObject({ returnTo: success })
    expect(await (await decide({ success, cancel }, 'reject')).json()).toMatchObject({ returnTo: cancel })
    expect(await (await decide({ success }, 'reject')).json()).not.toHaveProperty('returnTo')
    for (const elsewhere of [
      'http://127.0.0.1.example/',
      'https://127.0.0.1:3030/',
      'javascript:alert(1)',
      '/success',
    ])
      expect((await decide({ success: elsewhere })).status).toBe(400)
    expect((await decide({ success, browser: 'mine' })).status).toBe(400)
  })

  test('lists the newest request first', async () => {
    const { create, json } = await aSandbox()
    const intents = [await create(), await create(), await create()]
    const listed = (await json('/wallet/requests')) as { intent: string }[]
    expect(listed.map(({ intent }) => intent)).toEqual(intents.reverse())
  })

  test('approves a payment, which confirms it', async () => {
    const { create, approve, status } = await aSandbox()
    const intent = await create()
    const answer = await approve(intent)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ state: 'approved', approvedAt: '2026-01-01T00:00:00.000Z' })
    expect(await status(intent)).toEqual({
      status: 'confirmed',
      exists: true,
      codeScanned: true,
      intentSubmitted: true,
    })
  })

  test('approves nothing twice', async () => {
    const { create, approve } = await aSandbox()
    const intent = await create()
    await approve(intent)
    const again = await approve(intent)
    expect(again.status).toBe(409)
    expect(again.headers.get('Content-Type')).toContain('application/problem+json')
    expect(await again.json()).toMatchObject({ title: 'Conflict', status: 409 })
  })

  test('approves once when asked twice at the same time', async () => {
    const { create, approve } = await aSandbox()
    const intent = await create()
    const answers = await Promise.all([approve(intent), approve(intent)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('rejects a payment, which can be approved all the same', async () => {
    const { create, approve, reject, status } = await aSandbox()
    const intent = await create()
    expect(await (await reject(intent)).json()).toMatchObject({ state: 'rejected' })
    expect((await reject(intent)).status).toBe(200)
    expect((await status(intent)).status).toBe('pending')
    expect(await (await approve(intent)).json()).toMatchObject({ state: 'approved' })
  })

  test('rejects nothing that was paid', async () => {
    const { create, approve, reject } = await aSandbox()
    const intent = await create()
    await approve(intent)
    expect((await reject(intent)).status).toBe(409)
  })

  test.each(['', '/approve', '/reject'])(
    'answers 404 to an unknown intent and 400 to what is none (%s)',
    async (action) => {
      const { origin } = await aSandbox()
      const method = action === '' ? 'GET' : 'POST'
      const statusOf = async (intent: string) =>
        (await fetch(`${origin}/wallet/requests/${intent}${action}`, { method })).status
      expect(await statusOf(aStranger())).toBe(404)
      expect(await statusOf('0OIl')).toBe(400)
      expect(await statusOf('a'.repeat(5_000))).toBe(400)
    },
  )

  test('lets a user pay, whose balance goes down', async () => {
    const { create, approve, users } = await aSandbox()
    const { Ada, Ben } = await users()
    const answer = await approve(await create({ amount: 1 }), Ben?.user)
    expect(await answer.json()).toMatchObject({ state: 'approved', user: Ben?.user })
    expect(await users()).toMatchObject({ Ada, Ben: { kin: (Ben?.kin ?? 0) - 111_983 } })
  })

  test('lets Ada pay where nobody is named', async () => {
    const { create, approve, users } = await aSandbox()
    const { Ada } = await users()
    expect(await (await approve(await create())).json()).toMatchObject({ user: Ada?.user })
    expect((await users()).Ada?.kin).toBe((Ada?.kin ?? 0) - 27_996)
  })

  test('lets nobody pay who has too little, and takes nothing', async () => {
    const { create, approve, status, users } = await aSandbox()
    const [intent, { Dora }] = [await create(), await users()]
    const answer = await approve(intent, Dora?.user)
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({
        detail: 'Dora has 1,000 kin, but this payment needs 27,996. Top up, or choose another user.',
      }),
    ])
    expect(await status(intent)).toMatchObject({ codeScanned: false, intentSubmitted: false })
    expect((await users()).Dora).toEqual(Dora)
  })

  test('lets a user pay to the last kin', async () => {
    const { origin, create, approve, users } = await aSandbox()
    const { Dora } = await users()
    await topUp(origin, { user: Dora?.user, kin: 26_996 })
    expect((await approve(await create(), Dora?.user)).status).toBe(200)
    expect((await users()).Dora?.kin).toBe(0)
  })

  test('takes nothing for what was approved already', async () => {
    const { create, approve, users } = await aSandbox()
    const intent = await create()
    await approve(intent)
    const before = await users()
    expect((await approve(intent, before.Ben?.user)).status).toBe(409)
    expect(await users()).toEqual(before)
  })

  test.each([['nobody'], [aStranger()], [''], [7], [null], [{}]])('knows no user %p', async (user) => {
    const { create, approve, status } = await aSandbox()
    const intent = await create()
    const answer = await approve(intent, user)
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      400,
      expect.stringContaining('/wallet/users'),
    ])
    expect((await status(intent)).intentSubmitted).toBe(false)
  })

  test('has users with the same keys in every sandbox, and remembers what they own', async () => {
    const shop = await aSandbox()
    const [here, elsewhere] = [await shop.users(), await (await aSandbox()).users()]
    expect(here).toEqual(elsewhere)
    expect(new Set(Object.values(here).map(({ user }) => user)).size).toBe(4)
    await shop.approve(await shop.create())
    const after = await shop.users()
    await shop.restart()
    expect(await shop.users()).toEqual(after)
  })

  test('tops up a balance', async () => {
    const { origin, users } = await aSandbox()
    const { Chidi } = await users()
    const answer = await topUp(origin, { user: Chidi?.user, kin: 500 })
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.arrayContaining([{ name: 'Chidi', user: Chidi?.user, kin: 1_000_500 }]),
    ])
  })

  test('tops up to what a number can hold, and no more', async () => {
    const { origin, data, sandbox, users, restart } = await aSandbox()
    const { Ada } = await users()
    await sandbox.close()
    const db = new Sqlite(join(data, 'sandbox.db'))
    db.prepare('UPDATE balances SET kin = ? WHERE user = ?').run(Number.MAX_SAFE_INTEGER - 1, Ada?.user)
    db.close()
    await restart()
    await topUp(origin, { user: Ada?.user, kin: 1_000 })
    expect((await users()).Ada?.kin).toBe(Number.MAX_SAFE_INTEGER)
  })

  test.each([
    [{ kin: 1 }],
    [{ user: aStranger(), kin: 1 }],
    [{ user: 'Ada', kin: 1 }],
    [{ user: null, kin: 1 }],
    [{ user: 'the right one' }],
    [{ user: 'the right one', kin: 0 }],
    [{ user: 'the right one', kin: -5 }],
    [{ user: 'the right one', kin: 1.5 }],
    [{ user: 'the right one', kin: 1e15 }],
    [{ user: 'the right one', kin: 'many' }],
    [{ user: 'the right one', kin: '' }],
  ])('tops up nothing for %j', async (body: { user?: string | null; kin?: unknown }) => {
    const { origin, users } = await aSandbox()
    const before = await users()
    const user = body.user === 'the right one' ? before.Ada?.user : body.user
    expect((await topUp(origin, { ...body, user })).status).toBe(400)
    expect(await users()).toEqual(before)
  })

  test.each([
    ['text/plain', '{}', 415],
    ['application/json', '{', 400],
    ['application/json', JSON.stringify({ a: 'a'.repeat(10_000) }), 413],
  ])('refuses a body of %s like %.5s', async (type, body, status) => {
    const { origin, create } = await aSandbox()
    const answer = await post(`${origin}/wallet/requests/${await create()}/approve`, {
      headers: { 'Content-Type': type },
      body,
    })
    expect(answer.status).toBe(status)
  })
})

describe('the page of the wallet', () => {
  test('shows amount and destination, and says that no real money is involved', async () => {
    const { origin, create } = await aSandbox()
    const html = await page(`${origin}/pay/${await create({ amount: 1234.5, currency: 'jpy' })}`)
    expect(html).toContain('¥1,234.50')
    expect(html).toContain(DESTINATION)
    expect(html).toContain('No real money changes hands here.')
  })

  test('is the scan when it is opened, but not when it is only looked for', async () => {
    const { origin, create, status } = await aSandbox()
    const intent = await create()
    await fetch(`${origin}/pay/${intent}`, { method: 'HEAD' })
    expect((await status(intent)).codeScanned).toBe(false)
    await page(`${origin}/pay/${intent}`)
    expect(await status(intent)).toMatchObject({ codeScanned: true, intentSubmitted: false })
  })

  test('approves by its button and then shows the new state', async () => {
    const { origin, create, status } = await aSandbox()
    const intent = await create()
    const answer = await press(await page(`${origin}/pay/${intent}`), 'Approve', origin)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe(`/pay/${intent}`)
    expect((await status(intent)).status).toBe('confirmed')
    const html = await page(`${origin}/pay/${intent}`)
    expect(html).toContain('Approved by Ada.')
    expect(html).not.toContain('<button')
  })

  test('lets the reader choose who pays', async () => {
    const { origin, create, users } = await aSandbox()
    const [intent, { Ben }] = [await create(), await users()]
    const html = await page(`${origin}/pay/${intent}`)
    expect(html).toMatch(/<label for="user">Test user<\/label>\s*<select id="user" name="user">/)
    expect(html).toContain(`<option value="${Ben?.user}">Ben, 100,000,000 kin</option>`)
    await press(html, 'Approve', origin, { user: Ben?.user ?? '' })
    expect(await page(`${origin}/pay/${intent}`)).toContain('Approved by Ben.')
  })

  test('says who has too little, and tops up', async () => {
    const { origin, create, users } = await aSandbox()
    const [intent, { Dora }] = [await create(), await users()]
    const back = `?${new URLSearchParams({ success: `${origin}/thanks` })}`
    const html = await page(`${origin}/pay/${intent}${back}`)
    const chosen = { user: Dora?.user ?? '' }
    const refused = await press(html, 'Approve', origin, chosen)
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('Dora has 1,000 kin'),
    ])
    const topped = await press(html, 'Top up', origin, { ...chosen, kin: '30000' })
    expect([topped.status, topped.headers.get('Location')]).toEqual([303, `/pay/${intent}${back}`])
    expect((await press(html, 'Approve', origin, chosen)).headers.get('Location')).toBe(`${origin}/thanks`)
  })

  test('returns in another browser when it is told to: it stays, and shows the address and its code', async () => {
    const { origin, create } = await aSandbox()
    const success = `${origin}/success?redeem=0123456789abcdef`
    const query = new URLSearchParams({ success })
    const open = await page(`${origin}/pay/${await create()}?${query}`)
    expect(open).not.toContain('data-return')
    const approved = await press(open, 'Approve', origin, { browser: 'another' })
    const location = approved.headers.get('Location') ?? ''
    expect([approved.status, location]).toEqual([303, expect.stringMatching(/^\/pay\/.*&browser=another$/)])
    const stays = await page(origin + location)
    expect(stays).toContain(`href="${success}" target="_blank" rel="noopener" data-return>`)
    expect(stays).toMatch(/aria-label="QR code of this address"><svg /)
  })

  test('remembers while a balance is topped up that it returns in another browser', async () => {
    const { origin, create } = await aSandbox()
    const query = new URLSearchParams({ success: `${origin}/thanks`, browser: 'another' })
    const html = await page(`${origin}/pay/${await create()}?${query}`)
    const back = (await press(html, 'Top up', origin, { kin: '1' })).headers.get('Location') ?? ''
    expect(await page(origin + back)).toContain('value="another" checked>')
  })

  test('shows a login without an amount, in the words of the button’s frame', async () => {
    const { origin, endpoint } = await aSandbox()
    const verifier = Keypair.generate()
    const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
    const html = await page(`${origin}/pay/${id}`)
    expect(html).toContain('<title>Log in to example.com')
    const rows = html.match(/<dt>.*<\/dt>\s*<dd>.*<\/dd>/g)?.map((row) => row.replace(/<[^>]*>\s*/g, '|'))
    expect(rows?.map((row) => row.split('|').filter(Boolean))).toEqual([
      ['Shares your identity with', 'example.com'],
      ['Verifier', verifier.getPublicKey().toBase58()],
      ['Intent', id],
    ])
    expect(html).not.toMatch(/undefined|NaN|unverified/)
    await press(html, 'Approve', origin)
    expect(await page(`${origin}/pay/${id}`)).toContain('The login is confirmed')
    expect(await page(`${origin}/`)).toContain('Log in to example.com')
  })

  test('rejects by its button and then can still approve', async () => {
    const { origin, create } = await aSandbox()
    const intent = await create()
    const answer = await press(await page(`${origin}/pay/${intent}`), 'Reject', origin)
    expect(answer.headers.get('Location')).toBe(`/pay/${intent}`)
    const html = await page(`${origin}/pay/${intent}`)
    expect(html).toContain('Rejected.')
    expect((await press(html, 'Approve', origin)).status).toBe(303)
  })

  test('leads back to the merchant, to one address or the other', async () => {
    const { origin, create } = await aSandbox()
    const [success, cancel] = [`${origin}/success?a=1&b=2`, `${origin}/cancel`]
    const query = new URLSearchParams({ success, cancel })
    const open = async () => page(`${origin}/pay/${await create()}?${query}`)
    expect((await press(await open(), 'Approve', origin)).headers.get('Location')).toBe(success)
    expect((await press(await open(), 'Reject', origin)).headers.get('Location')).toBe(cancel)
  })

  test('lets its forms lead to the origins that are its own', async () => {
    const { origin, create } = await aSandbox()
    const policy = (await fetch(`${origin}/pay/${await create()}`)).headers.get('Content-Security-Policy')
    expect(policy).toContain(`form-action 'self' ${origin}`)
    expect(policy).not.toContain('unsafe')
  })

  test.each(['https://elsewhere.example/', 'javascript:alert(1)', '//elsewhere.example', '/relative'])(
    'refuses to lead to %s',
    async (elsewhere) => {
      const { origin, create, status } = await aSandbox()
      const intent = await create()
      expect((await fetch(`${origin}/pay/${intent}?success=${encodeURIComponent(elsewhere)}`)).status).toBe(
        400,
      )
      const answer = await post(`${origin}/wallet/requests/${intent}/approve`, {
        body: new URLSearchParams({ success: elsewhere }),
      })
      expect(answer.status).toBe(400)
      expect((await status(intent)).intentSubmitted).toBe(false)
    },
  )

  test.each(['Approve', 'Reject'])(
    'leads on as well if %s is tapped twice, and pays once',
    async (button) => {
      const { origin, create, users } = await aSandbox()
      const query = new URLSearchParams({ success: `${origin}/thanks`, cancel: `${origin}/cancel` })
      const html = await page(`${origin}/pay/${await create()}?${query}`)
      const taps = [await press(html, button, origin), await users()] as const
      const again = [await press(html, button, origin), await users()] as const
      const seen = ([{ status, headers }, owned]: typeof taps) => [status, headers.get('Location'), owned]
      expect(taps[0].status).toBe(303)
      expect(seen(again)).toEqual(seen(taps))
    },
  )

  test('leads on as well if a login is approved twice', async () => {
    const { origin, endpoint } = await aSandbox()
    const { id } = await loginIntents.create(aLogin(Keypair.generate(), { endpoint }))
    const html = await page(`${origin}/pay/${id}`)
    await press(html, 'Approve', origin)
    expect((await press(html, 'Approve', origin)).status).toBe(303)
  })

  test('explains itself when another user approves a second time', async () => {
    const { origin, create, users } = await aSandbox()
    const html = await page(`${origin}/pay/${await create()}`)
    const { Ben } = await users()
    await press(html, 'Approve', origin)
    const again = await press(html, 'Approve', origin, { user: Ben?.user ?? '' })
    expect(again.status).toBe(409)
    expect(again.headers.get('Content-Type')).toContain('text/html')
    expect(await again.text()).toContain('has already been approved')
  })

  test('leads back from every refusal to the request, which leads back to the shop', async () => {
    const { origin, create, approve, users } = await aSandbox()
    const intent = await create()
    const success = `${origin}/thanks`
    const html = await page(`${origin}/pay/${intent}?${new URLSearchParams({ success })}`)
    await approve(intent, (await users()).Ben?.user)
    for (const button of ['Approve', 'Reject']) {
      const refusal = await (await press(html, button, origin)).text()
      expect(refusal).toContain('has already been approved')
      const [, back = ''] = /href="([^"]*)">Back to this request/.exec(refusal) ?? []
      expect(await page(origin + back.replaceAll('&amp;', '&'))).toContain(`href="${success}"`)
    }
  })

  test('shows the way back to another browser as a link alone, if it is too long for a code', async () => {
    const { origin, create, approve } = await aSandbox()
    const intent = await create()
    await approve(intent)
    const success = `${origin}/${'x'.repeat(3_000)}`
    const html = await page(`${origin}/pay/${intent}?${new URLSearchParams({ success, browser: 'another' })}`)
    expect(html).toContain(`href="${success}"`)
    expect(html).not.toContain('class="qr"')
  })

  test('is a page for an unknown or malformed intent, too', async () => {
    const { origin } = await aSandbox()
    const unknown = await fetch(`${origin}/pay/${aStranger()}`, { headers: HTML })
    expect([unknown.status, (await unknown.text()).includes('<h1>Not Found</h1>')]).toEqual([404, true])
    expect((await fetch(`${origin}/pay/x`, { headers: HTML })).status).toBe(400)
  })

  test('escapes what others write into it', async () => {
    const { origin, create } = await aSandbox()
    const html = await page(
      `${origin}/pay/${await create()}?success=${encodeURIComponent(`${origin}/"><script>`)}`,
    )
    expect(html).not.toContain('<script>')
  })
})

describe('the overview', () => {
  const paid = async (shop: TestSandbox) => {
    const intent = await shop.create()
    await shop.register(intent, 'http://127.0.0.1:1/webhook')
    await shop.approve(intent)
    await shop.sandbox.deliverDue()
    return intent
  }

  test('shows requests, deliveries and attempts', async () => {
    const shop = await aSandbox()
    const intent = await paid(shop)
    const html = await page(`${shop.origin}/`)
    expect(html).toContain(`/pay/${intent}`)
    expect(html).toContain('http://127.0.0.1:1/webhook')
    expect(html).toContain('no status after')
    expect(html).toContain(`${shop.endpoint}`)
    expect(html).toContain(shop.sandbox.publicKey)
  })

  test('says what to do while there is nothing', async () => {
    const { origin } = await aSandbox()
    expect(await page(`${origin}/`)).toContain('None yet.')
  })

  test('sends a delivery again by its button', async () => {
    const shop = await aSandbox()
    await paid(shop)
    const answer = await press(await page(`${shop.origin}/`), 'Send again', shop.origin)
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/#deliveries'])
    expect(await shop.deliveries()).toHaveLength(2)
  })

  test('has its style sheet', async () => {
    const { origin } = await aSandbox()
    const path = /href="([^"]*\.css)"/.exec(await page(`${origin}/`))?.[1] ?? ''
    expect((await fetch(`${origin}${path}`)).headers.get('Content-Type')).toContain('text/css')
  })
})

test('mounted under a path, pages and forms stay under it', async () => {
  const host = express()
  const origin = await listen(host)
  const sandbox = await openSandbox({
    data: ':memory:',
    baseUrl: `${origin}/sandbox`,
    origins: [origin],
    allowsWebhookTo: () => true,
  })
  later(() => sandbox.close())
  host.use('/sandbox', sandbox.handler)
  const html = await page(`${origin}/sandbox/`)
  expect(html).toContain(`${origin}/sandbox/v1`)
  expect(html).toContain('href="/sandbox/sandbox.css"')
  const sent = await post(`${origin}/sandbox/deliveries/test`, {
    body: new URLSearchParams({ url: 'http://127.0.0.1:1/' }),
  })
  expect(sent.headers.get('Location')).toBe('/sandbox/#deliveries')
  expect((await fetch(`${origin}/sandbox/nothing`)).status).toBe(404)
  const made = await post(`${origin}/sandbox/wallet/requests`, {
    body: new URLSearchParams({ amount: '25', currency: 'usd' }),
  })
  const [, intent] = /^\/sandbox\/pay\/(\w+)$/.exec(made.headers.get('Location') ?? '') ?? []
  const status = async (query: string) => (await fetch(`${origin}/sandbox/v1/getStatus${query}`)).json()
  expect(await status(`?intent=${intent}`)).toEqual({ status: 'PENDING', success: true })
  expect(await status('')).toEqual({ error: 'intent query parameter missing', success: false })
})
