import { describe, expect, test } from '@jest/globals'
import { LANGUAGES, loadFrameTexts } from '../../sandbox/texts/index.ts'
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
