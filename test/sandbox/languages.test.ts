import { describe, expect, test } from '@jest/globals'
import { LANGUAGES, loadFrameTexts, loadWalletTexts } from '../../sandbox/texts/index.ts'
import { aSandbox } from './a-sandbox.ts'

const PANEL = '/v1/elements/payment-request-modal-desktop'

describe('the frames of Code’s button', () => {
  test.each([
    ['de-AT, de;q=0.9', '', 'de', 'ltr'],
    ['fr', '', 'en', 'ltr'],
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
