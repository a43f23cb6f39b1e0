import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { LANGUAGES, loadFrameTexts, loadWalletTexts } from '../../sandbox/texts/index.ts'
import { createApp } from '../../server/app.ts'
import { mountSandbox } from '../../server/embedded-sandbox.ts'
import { LANGUAGES as SHOP_LANGUAGES } from '../../server/texts/index.ts'
import { aShop } from '../support/shop.ts'
import { aFolder, listen } from '../support/workplace.ts'
import { aSandbox, post } from './a-sandbox.ts'

const PANEL = '/v1/elements/payment-request-modal-desktop'
const HTML = { Accept: 'text/html' }
const LANGUAGES_OF_MANY = 'pl-PL,pl,he-IL,yi,fa-IR,fa,cs-CZ,cs,de-AT,de' // browsers send a language with and without country

test('shop and sandbox have the same languages, and each a file for every one and for no other', () => {
  const ofShop = Object.keys(SHOP_LANGUAGES).sort()
  expect([...LANGUAGES].sort()).toEqual(ofShop)
  for (const folder of ['server/texts', 'sandbox/texts'])
    expect([folder, languagesIn(folder)]).toEqual([folder, ofShop])
})

/** The languages that files are named after. */
function languagesIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => /^([a-z]{2,3})\.ts$/.exec(name)?.[1] ?? [])
    .sort()
}

describe('the frames of Code’s button', () => {
  test.each([
    ['de-AT, de;q=0.9', '', 'de', 'ltr'],
    ['is', '', 'en', 'ltr'],
    ['en', 'language=ar', 'ar', 'rtl'],
    ['es', 'another=1; language=xx', 'es', 'ltr'],
  ])('for a browser that sends %j, and the cookie %j, are in %s', async (accept, cookie, code, dir) => {
    const { origin } = await aSandbox()
    const response = await fetch(`${origin}${PANEL}`, {
      headers: { 'Accept-Language': accept, Cookie: cookie },
    })
    const text = await response.text()
    expect(text).toContain(`<html lang="${code}" dir="${dir}">`)
    expect(text).toContain((await loadFrameTexts(code as 'en')).preparing)
    expect(response.headers.get('Vary')).toMatch(/Accept-Language.*Cookie/)
  })

  test.each([
    ['is', '', 'is'],
    ['is-IS, de;q=0.9', '', 'is-IS'],
    ['en-US', 'language=de', 'de-US-u-nu-latn'],
    ['ar-EG', '', 'ar-EG-u-nu-latn'],
    ['ar-EG-u-nu-arab', '', 'ar-EG-u-nu-latn'],
    ['is-IS-u-nu-deva-x-private', '', 'is-IS'],
    ['de-AT-1996', '', 'de-AT-u-nu-latn'],
    ['*', '', 'en'],
  ])('for a browser that sends %j, and the cookie %j, have amounts as %s', async (accept, cookie, locale) => {
    const { origin } = await aSandbox()
    const headers = { 'Accept-Language': accept, Cookie: cookie }
    const text = await (await fetch(`${origin}${PANEL}`, { headers })).text()
    expect(text).toContain(`data-locale="${locale}"`)
  })

  test.each([
    ['*', '', 'es-MX-u-nu-latn'],
    ['es', '', 'es-MX-u-nu-latn'],
    ['es-ES', '', 'es-ES-u-nu-latn'],
    ['es-419,es;q=0.9', '', 'es-MX-u-nu-latn'],
    ['es', 'language=en', 'en-MX-u-nu-latn'],
    ['en', 'language=es', 'es-MX-u-nu-latn'],
    ['ar', 'language=es', 'es-MX-u-nu-latn'],
    ['is', '', 'is'],
  ])(
    'inside a Mexican shop, for a browser that sends %j, and the cookie %j, have amounts as %s',
    async (accept, cookie, locale) => {
      const { origin } = await aSandbox({ language: () => 'es-MX' })
      const headers = { 'Accept-Language': accept, Cookie: cookie }
      const text = await (await fetch(`${origin}${PANEL}`, { headers })).text()
      expect(text).toContain(`data-locale="${locale}"`)
    },
  )

  test.each([
    ['sr', 'sr-RS'],
    ['sr-Latn', 'sr-Latn'],
    ['sr-Cyrl', 'sr-RS'],
  ])('inside a Serbian shop, for a browser that sends %j, keep its script: %s', async (accept, locale) => {
    const { origin } = await aSandbox({ language: () => 'sr-RS' })
    const text = await (await fetch(`${origin}${PANEL}`, { headers: { 'Accept-Language': accept } })).text()
    expect(text).toContain(`data-locale="${locale}"`)
  })

  test.each(['is', '*'])('inside a German shop, are German for a browser that sends %j', async (accept) => {
    const catalogFolder = join(aFolder(), 'catalog')
    cpSync('test/support/catalog', catalogFolder, { recursive: true })
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'name: Laden\nlang: de-AT\n')
    const { shop, sandbox } = await aShop({ catalogFolder })
    const { url } = await listen(mountSandbox(createApp(shop), sandbox, shop).handler)
    for (const path of ['/', `/sandbox${PANEL}`]) {
      const response = await fetch(url + path, { headers: { ...HTML, 'Accept-Language': accept } })
      expect([path, await response.text()]).toEqual([path, expect.stringContaining('<html lang="de"')])
    }
  })

  test.each([
    [LANGUAGES_OF_MANY, 'de'],
    ['en;q=0.1,is,es;q=0.5', 'es'],
    ['de-AT,en', 'de'], // at the same weight: the first one, although the other has no country
    ['de;q=0,es', 'es'],
    ['*,es;q=0.5', 'es'],
    ['de_AT,-,x-klingon', 'en'],
  ])('are in the same language as the shop, for a browser that sends %j: %s', async (accept, code) => {
    const { shop, sandbox } = await aShop()
    const { url } = await listen(mountSandbox(createApp(shop), sandbox, shop).handler)
    for (const path of ['/', `/sandbox${PANEL}`]) {
      const response = await fetch(url + path, { headers: { ...HTML, 'Accept-Language': accept } })
      const html = await response.text()
      expect([path, /<html lang="(\w+)"/.exec(html)?.[1]]).toEqual([path, code])
    }
  })

  test('say everything in each language, with the same values', async () => {
    const english = await loadFrameTexts('en')
    const valuesOf = (said: Record<string, string>) =>
      Object.fromEntries(Object.entries(said).map(([key, text]) => [key, text.match(/\{\w+\}/g) ?? []]))
    for (const code of LANGUAGES.filter((code) => code !== 'en')) {
      const frames = await loadFrameTexts(code)
      expect(valuesOf(frames.said)).toEqual(valuesOf(english.said))
      for (const [key, text] of Object.entries(frames.said))
        expect({ code, key, isSame: text === english.said[key as keyof typeof frames.said] }).toEqual({
          code,
          key,
          isSame: false,
        })
    }
  })
})

describe('the page of the test wallet', () => {
  test('is in the visitor’s language, while programs and the pages for developers are English', async () => {
    const sandbox = await aSandbox()
    const { origin } = sandbox
    const made = await fetch(`${origin}/wallet/requests`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        amount: 25,
        currency: 'usd',
        destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
      }),
    })
    const { intent } = (await made.json()) as { intent: string }
    for (const code of LANGUAGES) {
      const headers = { 'Accept-Language': code }
      const response = await fetch(`${origin}/pay/${intent}`, { headers })
      const text = await response.text()
      const { dir, pay, request, layout } = await loadWalletTexts(code)
      expect(text).toContain(`<html lang="${code}" dir="${dir}">`)
      for (const said of [pay.heading, pay.topUp, request.approve, layout.disclaimer])
        expect(text).toContain(said)
      expect(response.headers.get('Vary')).toMatch(/Accept-Language.*Cookie/)
      expect(await (await fetch(`${origin}/`, { headers })).text()).toContain('<html lang="en" dir="ltr">')
    }
  })

  test.each([
    ['es-MX', 'mxn', '$5.00'],
    ['es-ES', 'mxn', '5,00\u00a0MXN'],
    ['de-AT', 'eur', '€\u00a05,00'],
    ['en', 'jpy', '¥5'],
  ])(
    'for a reader of %s writes an amount in %s as the shop and the modal do: %s',
    async (accept, currency, shown) => {
      const { origin, create } = await aSandbox()
      const intent = await create({ amount: 5, currency })
      const response = await fetch(`${origin}/pay/${intent}`, { headers: { 'Accept-Language': accept } })
      expect(/class="money"><bdi>([^<]*)/.exec(await response.text())?.[1]).toBe(shown)
    },
  )

  test('says in the visitor’s language why a button did nothing, and to programs in English', async () => {
    const { origin, create, approve, users } = await aSandbox()
    const intent = await create()
    const { Dora } = await users()
    const body = new URLSearchParams({ user: Dora?.user ?? '' })
    const decide = (decision: string, headers = {}) =>
      post(`${origin}/wallet/requests/${intent}/${decision}`, {
        body,
        headers: { 'Accept-Language': 'de-AT', ...headers },
      })
    const { refusals, actions } = await loadWalletTexts('de')
    const poor = refusals.poor('Dora', '1\u00a0000', '27\u00a0996')
    expect(await (await decide('approve')).json()).toMatchObject({
      detail: 'Dora has 1,000 kin, but this payment needs 27,996. Top up, or choose another user.',
      explanation: poor,
    })
    const page = await decide('approve', HTML)
    expect([page.status, page.headers.get('Vary')]).toEqual([409, 'Accept, Accept-Language, Cookie'])
    const text = await page.text()
    for (const said of ['<html lang="de"', poor, actions.back]) expect(text).toContain(said)
    await approve(intent)
    for (const decision of ['approve', 'reject'])
      expect(await (await decide(decision, HTML)).text()).toContain(refusals.decided)
  })

  test('says everything in each language', async () => {
    const leavesOf = (texts: object): [string, unknown][] =>
      Object.entries(texts).flatMap(([key, value]): [string, unknown][] =>
        typeof value === 'object'
          ? leavesOf(value).map(([rest, leaf]) => [`${key}.${rest}`, leaf])
          : [[key, value]],
      )
    const SAME = /^(dir|pay\.kin|request\.intent|layout\.sandbox)$/ // in some languages
    const english = Object.fromEntries(leavesOf(await loadWalletTexts('en')))
    for (const code of LANGUAGES.filter((code) => code !== 'en'))
      for (const [key, text] of leavesOf(await loadWalletTexts(code)))
        if (typeof text === 'string' && !SAME.test(key))
          expect({ code, key, isSame: text === english[key] }).toEqual({ code, key, isSame: false })
  })
})
