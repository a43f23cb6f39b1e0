import { describe, expect, test } from '@jest/globals'
import { ENGLISH_ONLY } from '../../server/texts/english-only.ts'
import { en, LANGUAGES, type LanguageCode, loadTexts } from '../../server/texts/index.ts'
import { aShopWithCoupons } from '../support/coupons.ts'
import { HTML } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aShop } from '../support/shop.ts'

const OTHERS = (Object.keys(LANGUAGES) as LanguageCode[]).filter((code) => code !== 'en')
const PLURALS = /^scripts\.againIn\./ // each language has its own forms

/** Each text by its path, with a function's number of parameters or the names that a text has values for. */
function shapeOf(texts: object, path = ''): Record<string, string> {
  const shape: Record<string, string> = {}
  for (const [key, value] of Object.entries(texts)) {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'object') Object.assign(shape, shapeOf(value, here))
    else if (typeof value === 'function') shape[here] = `a function of ${value.length}`
    else shape[here] = [...String(value).matchAll(/\{\w+\}/g)].map(String).sort().join(' ')
  }
  return shape
}

function withoutPlurals(shape: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(shape).filter(([path]) => !PLURALS.test(path)))
}

/** What a language file has to have: all of the English one's but what the merchant and programs meet. */
function toBeTranslated(): Record<string, string> {
  const { desk, ...rest } = en
  expect(desk).toBeDefined()
  const without = (texts: object, names: readonly string[]) =>
    Object.fromEntries(Object.entries(texts).filter(([name]) => !names.includes(name)))
  return shapeOf({
    ...rest,
    errors: without(en.errors, ENGLISH_ONLY.errors),
    problems: without(en.problems, ENGLISH_ONLY.problems),
  })
}

describe.each(OTHERS)('the language %s', (code) => {
  test('has every text that buyers meet, and no other, with the same parameters', async () => {
    const { texts } = await import(`../../server/texts/${code}.ts`)
    expect(withoutPlurals(shapeOf(texts))).toEqual(withoutPlurals(toBeTranslated()))
  })

  test('says everything in its own words', async () => {
    const texts = await loadTexts(code)
    const { kinds, problems, scripts } = texts
    for (const [key, text] of Object.entries(scripts))
      expect({ key, isSame: text === en.scripts[key as keyof typeof scripts] }).toEqual({
        key,
        isSame: false,
      })
    expect(kinds.article.heading).not.toBe(en.kinds.article.heading)
    expect(problems['page-not-found'].title).not.toBe(en.problems['page-not-found'].title)
  })

  test('has all of its own plural forms, and no others', async () => {
    const { scripts, words, pictures, moreWords, problem } = await loadTexts(code)
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
    expect(Object.keys(scripts.againIn).sort()).toEqual([...pluralCategories].sort())
    for (const say of [words, pictures, moreWords, problem.retryAfter])
      for (const n of [1, 2, 5, 15, 100, 1_200]) expect(say(n)).toMatch(n > 2 ? /\d|[٠-٩]/ : /./)
  })
})

test('a file’s size reads well in each language, and in Arabic keeps its number apart from the Latin type', async () => {
  expect([en.size(54), en.size(1_250)]).toEqual(['54 bytes', '1.3 kB'])
  expect(en.extent('CSV', en.size(54))).toBe('CSV, 54 bytes')
  const ar = await loadTexts('ar')
  expect(ar.extent('CSV', '54 بايت')).toBe('\u2068CSV\u2069، 54 بايت')
})

/** All texts, where functions say something of anything. */
function allOf(texts: object, path = ''): [path: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'object') return allOf(value, here)
    const given = Array(value.length).fill(['it']) // a list, and as text its only entry
    return [[here, String(typeof value === 'function' ? value(...given) : value)]]
  })
}

test.each(Object.keys(LANGUAGES) as LanguageCode[])(
  'in the language %s, an error’s details have no full stop, since the page adds it',
  async (code) => {
    const details = allOf((await loadTexts(code)).errors)
    expect(details.length).toBeGreaterThan(100)
    expect(details.filter(([, text]) => /[.!?؟…]$/.test(text))).toEqual([])
  },
)

describe('a visitor', () => {
  const titleOf = async (
    shop: Awaited<ReturnType<typeof aShop>>,
    accept: string | undefined,
    cookie = '',
  ) => {
    const request = shop.request().get('/').set('Cookie', cookie)
    const { text, headers } = await (accept === undefined ? request : request.set('Accept-Language', accept))
    return { html: /<html[^>]*>/.exec(text)?.[0], h1: /<h1[^>]*>([^<]*)/.exec(text)?.[1], vary: headers.vary }
  }

  test.each([
    ['de-CH, de;q=0.9', '', 'de', 'ltr'],
    ['fr, es;q=0.5', '', 'es', 'ltr'],
    ['ar-EG', '', 'ar', 'rtl'],
    ['fr', '', 'en', 'ltr'],
    [undefined, '', 'en', 'ltr'],
    ['*', '', 'en', 'ltr'],
    ['de', 'language=ar', 'ar', 'rtl'],
    ['de', 'language=__proto__', 'de', 'ltr'],
    ['de', 'language=', 'de', 'ltr'],
  ])('whose browser sends %j, and the cookie %j, reads %s', async (accept, cookie, code, dir) => {
    const shop = await aShop()
    const { storefront } = await loadTexts(code as LanguageCode)
    expect(await titleOf(shop, accept, cookie)).toEqual({
      html: `<html lang="${code}" dir="${dir}">`,
      h1: storefront.title,
      vary: expect.stringMatching(/Accept-Language.*Cookie/),
    })
  })

  test('who chooses a language comes back to the same page, and reads on in it', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const choose = (language: string, referrer: string) =>
      browser.post('/languages').type('form').set('Referer', referrer).send({ language })
    const { headers } = await choose('es', `${shop.url}/products/article?a=b`).expect(303)
    expect(headers.location).toBe('/products/article?a=b')
    const { text } = await browser.get('/purchases').expect(200)
    expect(text).toContain((await loadTexts('es')).purchases.none)
    for (const elsewhere of ['https://elsewhere.example/page', `${shop.url}//elsewhere.example/`, 'nonsense'])
      expect((await choose('de', elsewhere).expect(303)).headers.location).toBe('/')
  })

  test.each([
    ['/coupons', { product: 'bread', code: 'WRONG' }, 422, '/products/bread'],
    ['/coupons', { product: 'none', code: 'WRONG' }, 404, '/'],
    ['/orders', { product: 'bread', coupon: 'WRONG' }, 422, '/products/bread'],
    ['/redemptions', { intent: '1'.repeat(32), code: '0'.repeat(32) }, 404, '/'],
    ['/languages', { language: 'xx' }, 400, '/'],
  ])(
    'who chooses a language on what %s answers to %j, with %i, is led to %s',
    async (path, fields, status, leadsTo) => {
      const shop = await aShopWithCoupons()
      const browser = shop.browser()
      const page = await browser.post(path).set(HTML).type('form').send(fields).expect(status)
      const { headers } = await browser
        .post('/languages')
        .type('form')
        .set('Referer', shop.url + path)
        .send({ ...readFields(page.text, '/languages'), language: 'es' })
        .expect(303)
      const { text } = await browser.get(String(headers.location)).set(HTML).expect(200)
      expect(headers.location).toBe(leadsTo)
      expect(text).toContain('<html lang="es"')
    },
  )

  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/..//elsewhere.example/',
    '\\\\elsewhere.example',
    'data:,x',
  ])('is led nowhere else by a form that says %s', async (to) => {
    const shop = await aShop()
    const answer = await shop
      .request()
      .post('/languages')
      .type('form')
      .set('Host', 'elsewhere.example')
      .send({ language: 'de', to })
      .expect(303)
    expect(answer.headers.location).toBe('/')
  })

  test('can’t choose what there is not', async () => {
    const shop = await aShop()
    for (const fields of [
      { language: 'xx' },
      { language: 'constructor' },
      {},
      { language: 'de', more: '1' },
    ]) {
      const { headers } = await shop.request().post('/languages').type('form').send(fields).expect(400)
      expect(headers['set-cookie']).toBeUndefined()
    }
  })

  test('reads errors in their language, while the log is English', async () => {
    const shop = await aShop()
    const { body } = await shop.request().get('/products/nothing').set('Accept-Language', 'de').expect(404)
    const de = await loadTexts('de')
    expect(body).toMatchObject({
      title: de.problems['product-not-found'].title,
      detail: de.errors.noProduct('nothing'),
    })
    const page = await shop.request().get('/nothing').set('Accept', 'text/html').set('Accept-Language', 'ar')
    expect(page.text).toContain('<html lang="ar" dir="rtl">')
  })

  test('gets a page of the reader’s own language although another has read it before', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(200)
    await shop.pay(body.id)
    for (const code of ['de', 'en', 'ar', 'de'] as const) {
      const { text } = await browser.get('/products/article').set('Accept-Language', code).expect(200)
      const { product, receipt } = await loadTexts(code)
      expect(text).toContain(product.kept.before)
      expect(text).toContain(receipt.print)
    }
  })
})
