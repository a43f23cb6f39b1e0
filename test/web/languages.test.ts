import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { IntlMessageFormat } from 'intl-messageformat'
import { ENGLISH_ONLY } from '../../server/texts/english-only.ts'
import { en, LANGUAGES, type LanguageCode, loadTexts, type Texts } from '../../server/texts/index.ts'
import { plural } from '../../server/texts/plural.ts'
import { aShopWithCoupons } from '../support/coupons.ts'
import { HTML } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const OTHERS = (Object.keys(LANGUAGES) as LanguageCode[]).filter((code) => code !== 'en')
const PLURALS = /^scripts\.againIn\./ // each language has its own forms

test('a language’s code has neither script nor region, so that all who read it get its texts', () => {
  for (const code of Object.keys(LANGUAGES)) expect(code).toMatch(/^[a-z]{2,3}$/)
})

test('the documents name every language', () => {
  const [languages, products] = ['docs/languages.md', 'docs/products.md'].map((path) =>
    readFileSync(path, 'utf8'),
  )
  for (const code of Object.keys(LANGUAGES)) {
    const name = new Intl.DisplayNames('en', { type: 'language' }).of(code)
    expect(languages?.slice(0, languages.indexOf('\n\n', 12))).toContain(name)
    expect(products).toContain(`[${code}.ts](../server/texts/${code}.ts)`)
  }
})

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

/** The texts that a language file has to have: all but what only the merchant and programs meet. */
function forBuyers({ desk, ...texts }: Texts): object {
  const without = (all: object, names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)))
  return {
    ...texts,
    errors: without(texts.errors, ENGLISH_ONLY.errors),
    problems: without(texts.problems, ENGLISH_ONLY.problems),
  }
}

// Texts that may be the same in two languages: by their key, or as they are. A value that is made up is `it`, or no number.
const ALIKE = ['layout.dir', 'layout.payWith.code', 'kinds.api.label']
const SHARED = ['Shop', 'Download · it', 'NaN min', 'NaN bytes', 'Code, intent ']

test('Spanish says how long an article takes, for one minute as for many', async () => {
  const { kinds } = await loadTexts('es')
  expect(kinds.article.gets('40 palabras más', '1 min')).toBe('40 palabras más, aprox. 1 min')
})

test('Spanish has one word for a wallet, and Arabic one for what one order gives', async () => {
  const [es, ar] = await Promise.all([loadTexts('es'), loadTexts('ar')])
  expect(es.tip.lead).toBe('La propina va de tu cartera a la suya. Esta tienda no interviene.')
  expect(JSON.stringify([es, es.scripts])).not.toMatch(/monedero|encabezado/i)
  const { wallet, order, everything } = ar.redeem
  for (const { title } of [wallet, order]) expect(title).toBe('افتح ما اشتريته هنا')
  expect(everything.title).toBe('افتح كل مشترياتك هنا')
  expect(ar.problems['request-foreign'].explanation).toContain('الطلبات ورموز الاسترداد')
})

test.each([
  ['en', '100,000', '2,500', '9,000'],
  ['de', '100.000', '2.500', '9.000'],
  ['es', '100.000', '2500', '9000'], // groups numbers from 10.000 on
  ['ar', '100,000', '2,500', '9,000'],
] as const)('%s writes numbers in a sentence as anywhere else on the page', async (code, calls, page, ms) => {
  const { apiKeys, paging, minutes, errors } = await loadTexts(code)
  expect(apiKeys.left(100_000, 100_000).split(calls)).toHaveLength(3)
  expect([paging.where(1, 2_500), minutes(2_500)]).toEqual([
    expect.stringContaining(page),
    expect.stringContaining(page),
  ])
  for (const say of [errors.codeSilent, errors.codeSlow, errors.wrongCodes]) expect(say(9_000)).toContain(ms)
  expect(errors.rate(9_000, 'browser')).toContain(ms)
  expect(errors.amountOutside('Tea', 500, 10_000, [])).toContain('10000') // for programs, which copy it
})

/** The messages about a number in a language's file. */
function pluralsIn(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  const messages = [...source.matchAll(/plural\(\s*LANGUAGE,\s*(['"`])(.*?)\1,?\s*\)/g)].map(
    (call) => call[2] ?? '',
  )
  expect(messages).toHaveLength(source.match(/\bplural\(/g)?.length ?? 0)
  return messages
}

/** The plural forms that a message has, without those for one number only, such as `=1`. */
function formsOf(message: string, language: string): string[] {
  const parts = new IntlMessageFormat(message, language).getAst()
  const forms = parts.flatMap((part) => ('options' in part ? Object.keys(part.options) : []))
  return forms.filter((form) => !form.startsWith('=')).sort()
}

const NUMBERS = Array.from({ length: 200 }, (_, n) => n + 1)

/** The numbers of which a message says the same as of others. */
function saidAlike(say: (n: number) => string): number[] {
  const said = NUMBERS.map(say)
  return NUMBERS.filter((_n, place) => said.some((text, other) => other !== place && text === said[place]))
}

describe.each(OTHERS)('the language %s', (code) => {
  test('has every text that buyers meet, and no other, with the same parameters', async () => {
    const { texts } = await import(`../../server/texts/${code}.ts`)
    expect(withoutPlurals(shapeOf(texts))).toEqual(withoutPlurals(shapeOf(forBuyers(en))))
  })

  test('is named once in its file, so that a copy for another language is all in that one', async () => {
    const source = readFileSync(`server/texts/${code}.ts`, 'utf8')
    const named = source.match(new RegExp(`'(?:${Object.keys(LANGUAGES).join('|')})'`, 'g'))
    expect(named).toEqual([`'${code}'`])
    expect((await loadTexts(code)).layout.lang).toBe(code)
  })

  test.each(Object.keys(LANGUAGES).filter((other) => other !== code))(
    'says everything in its own words, not in those of %s',
    async (other) => {
      const [own, others] = await Promise.all(
        [code, other].map(async (one) => allOf(forBuyers(await loadTexts(one as LanguageCode)))),
      )
      const theirs = new Map(others)
      const same = (own ?? []).filter(([path, text]) => /\p{L}{3}/u.test(text) && theirs.get(path) === text)
      const unexpected = same.filter(([path, text]) => !ALIKE.includes(path) && !SHARED.includes(text))
      expect(own?.length).toBeGreaterThan(300)
      expect(unexpected).toEqual([])
    },
  )

  test('has all of its own plural forms, and no others', async () => {
    const { scripts } = await loadTexts(code)
    const rules = new Intl.PluralRules(code)
    const forms = rules.resolvedOptions().pluralCategories.toSorted()
    expect(Object.keys(scripts.againIn).sort()).toEqual(forms)
    const messages = pluralsIn(`server/texts/${code}.ts`)
    expect(messages).toHaveLength(pluralsIn('server/texts/en.ts').length)
    expect(messages.map((message) => [message, formsOf(message, code)])).toEqual(
      messages.map((message) => [message, forms]),
    )
    for (const message of messages) expect([message, saidAlike(plural(code, message))]).toEqual([message, []])
    const again = (n: number) => scripts.againIn[rules.select(n) as 'other'].replace('{wait}', String(n))
    expect(saidAlike(again)).toEqual([])
  })
})

test('a file’s size reads well in each language, and in Arabic keeps its number apart from the Latin type', async () => {
  expect([en.size(54), en.size(1_250)]).toEqual(['54 bytes', '1.3 kB'])
  expect(en.extent('CSV', en.size(54))).toBe('CSV, 54 bytes')
  const ar = await loadTexts('ar')
  expect(ar.extent('CSV', '54 بايت')).toBe('\u2068CSV\u2069، 54 بايت')
})

/** The words of all code and templates but the texts themselves. */
function wordsOfCode(): Set<string> {
  const files = ['db', 'public', 'server', 'views'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const read = files.filter((name) => /\.(?:ts|eta)$/.test(name) && !name.startsWith(join('server', 'texts')))
  return new Set(read.flatMap((name) => readFileSync(name, 'utf8').match(/[\w-]+/g) ?? []))
}

function keysOf(texts: object): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? [key, ...keysOf(value)] : [key],
  )
}

test('each text is used: its key is written in the code or a template', () => {
  const words = wordsOfCode()
  const written = keysOf(en).filter((key) => /^\w+$/.test(key)) // and not composed, such as `order.paid`
  expect(written.filter((key) => !words.has(key))).toEqual([])
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

/** The direction in which the script of a language is written. */
function directionOf(code: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(code).maximize()
  return ['Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa', 'Adlm'].includes(script) ? 'rtl' : 'ltr'
}

const ALL = Object.keys(LANGUAGES) as LanguageCode[]
const FROM_RIGHT_TO_LEFT = ALL.filter((code) => directionOf(code) === 'rtl')

test.each(ALL)('the language %s has the direction of its script', async (code) => {
  expect((await loadTexts(code)).layout.dir).toBe(directionOf(code))
})

test.each(FROM_RIGHT_TO_LEFT)(
  'in the language %s, an error keeps the direction of the paths and titles in it',
  async (code) => {
    const ofNumbers = ['codeSilent', 'codeSlow', 'rate', 'wrongCodes', 'amountOutside']
    const own = Object.entries((await loadTexts(code)).errors).filter(
      ([key]) => ![...ofNumbers, ...ENGLISH_ONLY.errors].includes(key),
    )
    const details = allOf(Object.fromEntries(own)).filter(([, text]) => text.includes('it'))
    expect(details.length).toBeGreaterThan(10)
    for (const [key, text] of details)
      expect([key, text.replaceAll('\u2068it\u2069', '')]).toEqual([key, expect.not.stringContaining('it')])
  },
)

test.each(Object.keys(LANGUAGES) as LanguageCode[])(
  'in the language %s, an error’s details have no full stop, since the page adds it',
  async (code) => {
    const details = allOf((await loadTexts(code)).errors)
    expect(details.length).toBeGreaterThan(100)
    expect(details.filter(([, text]) => /[\p{Sentence_Terminal}…]$/u.test(text))).toEqual([])
  },
)

test.each(Object.keys(LANGUAGES) as LanguageCode[])(
  'in the language %s, a shop without words of its own promises no price, since it has any currency and any product',
  async (code) => {
    const { layout, storefront } = await loadTexts(code)
    const said = allOf({ payWith: layout.payWith, ...storefront, begin: {} }).map(([, text]) => text)
    expect(said.join(' ')).not.toMatch(/\d|cent|money|geld|dinero|سنت|زهيد/i)
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
    ['is, es;q=0.5', '', 'es', 'ltr'],
    ['ar-EG', '', 'ar', 'rtl'],
    ['de-AT-u-mu-celsius', '', 'de', 'ltr'],
    ['es-MX-x-private, de', '', 'es', 'ltr'],
    ['de-1996', '', 'de', 'ltr'],
    ['is', '', 'en', 'ltr'],
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

  /** What one who has chosen a language is offered. */
  async function anOffer(
    price: string,
    accept: string | undefined,
    code: LanguageCode | undefined,
    lang?: string,
  ): Promise<string> {
    const catalogFolder = aFolder()
    if (lang !== undefined) writeFileSync(join(catalogFolder, 'shop.yaml'), `name: Tea\nlang: ${lang}\n`)
    writeFileSync(
      join(catalogFolder, 'tea.md'),
      `---\ntitle: Tea\nprice: ${price}\nkind: article\nsummary: Tea.\n---\nTea\n\n<!-- more -->\n\nMilk\n`,
    )
    const shop = await aShop({ catalogFolder })
    const page = shop.request().get('/products/tea')
    if (accept !== undefined) page.set('Accept-Language', accept)
    if (code !== undefined) page.set('Cookie', `language=${code}`)
    return (await page.expect(200)).text
  }

  test.each([
    ['de-AT', 'en', 'eur'],
    ['de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7', 'en', 'eur'],
    ['de,en-US;q=0.7', 'en', 'eur'],
    ['de', 'de', 'eur'],
    ['fa-IR', 'ar', 'usd'],
    ['en-US,de;q=0.5', 'de', 'usd'],
  ] as const)(
    'whose browser sends %j, and who chooses %s, stays in their country: %s',
    async (accept, code, currency) => {
      const offer = await anOffer('[0.25 usd, 0.20 eur]', accept, code)
      expect(/data-currency="(\w+)"/.exec(offer)?.[1]).toBe(currency)
      expect(offer).toMatch(/data-chosen-amount[^>]*>[^<]*0[.,]2/)
    },
  )

  test.each([
    [undefined, undefined, 'es-MX', 'mxn', '$9.50'],
    ['zz', undefined, 'es-MX', 'mxn', '$9.50'],
    ['*', undefined, 'es-MX', 'mxn', '$9.50'],
    ['es', undefined, 'es-MX', 'mxn', '$9.50'],
    ['es-ES', undefined, 'es-MX', 'eur', '0,45'],
    ['es', 'en', 'es-MX', 'mxn', 'MX$9.50'],
    ['en', 'es', 'es-MX', 'mxn', '$9.50'],
    [undefined, 'en', 'es-MX', 'mxn', 'MX$9.50'],
    ['en-US', 'es', 'es-MX', 'usd', '$0.50'],
    ['es-419,es;q=0.9', undefined, 'es-MX', 'mxn', '$9.50'],
    ['es-MX,es;q=0.9', undefined, 'es-ES', 'mxn', '$9.50'],
    ['en-001', undefined, 'en-GB', 'gbp', '£0.40'],
    ['zh-Hans', undefined, 'zh-CN', 'cny', '¥3.50'],
    ['zh-Hant', undefined, 'zh-CN', 'twd', '$15.00'],
    ['zh', undefined, 'zh-TW', 'twd', '$15.00'],
    ['ar', 'es', 'es-MX', 'mxn', '$9.50'],
    ['de', undefined, 'es-MX', 'eur', '0,45'],
    ['de-AT-u-mu-celsius', undefined, 'es-MX', 'eur', '€\u00a00,45'],
    ['is-IS-u-nu-arab', undefined, 'es-MX', 'mxn', '9,50'],
    [undefined, undefined, 'de-AT', 'eur', '€\u00a00,45'],
    [undefined, undefined, 'tlh', 'usd', '$0.50'],
    [undefined, undefined, 'pt-BR', 'brl', 'R$\u00a02,50'],
  ] as const)(
    'whose browser sends %j, who has chosen %j, and who visits a shop in %s, is offered %s, as %j',
    async (accept, code, lang, currency, shown) => {
      const offer = await anOffer(
        '[9.50 mxn, 0.50 usd, 0.45 eur, 0.40 gbp, 2.50 brl, 3.50 cny, 15 twd]',
        accept,
        code,
        lang,
      )
      expect(/data-currency="(\w+)"/.exec(offer)?.[1]).toBe(currency)
      expect(/data-chosen-amount[^>]*>([^<]*)/.exec(offer)?.[1]).toContain(shown)
    },
  )

  test('who chooses another language still reads which foreign currency a price is in', async () => {
    expect(await anOffer('0.25 usd', 'de-AT', 'en')).toContain('The currency is US Dollar (USD).')
    expect(await anOffer('0.20 eur', 'de-AT', 'en')).not.toContain('The currency is')
  })

  const ENGLISH = ' lang="en" dir="ltr"'

  test.each([
    ['ar', '/nowhere', '', ''],
    ['ar', '/products/%E0%A4%A', '', ENGLISH],
    ['de', '/products/%E0%A4%A', '', ENGLISH],
    ['en', '/products/%E0%A4%A', '', ''],
    ['ar', '/problems/call-differs', ENGLISH, ENGLISH],
    ['ar', '/problems/payment-required', '', ''],
  ])('who reads %s is told which words of %s are English', async (code, path, ofTitle, ofText) => {
    const shop = await aShop()
    const { text } = await shop.request().get(path).set(HTML).set('Accept-Language', code)
    expect(/<h1(.*?)>[^<]*<\/h1>\n<p(.*?)>/.exec(text)?.slice(1)).toEqual([ofTitle, ofText])
  })

  test.each([
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
