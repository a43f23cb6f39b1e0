import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { retarget } from '../../scripts/retarget-elements.js'

const ELEMENT = readFileSync('node_modules/@code-wallet/elements/dist/elements.js', 'utf8')
const BUNDLE = readdirSync('public/built').find((name) => /^code-button-.*\.js$/.test(name))

describe('Code’s element, as browsers get it', () => {
  const bundle = readFileSync(`public/built/${BUNDLE}`, 'utf8')

  test('knows no host but those that it is told', () => {
    expect(bundle).not.toMatch(/getcode\.com/)
    expect(bundle).toMatch(/globalThis\.codeHosts\.elements/)
    expect(bundle).toMatch(/globalThis\.codeHosts\.endpoint/)
  })

  test('keeps to itself what it writes to the console, and leaves errors to be seen', () => {
    expect(ELEMENT).toContain('console.log("url"')
    expect(bundle).not.toContain('console.log')
    expect(bundle).not.toContain('CodeSDK:')
  })

  test('needs no evaluation of text', () => {
    expect(bundle).not.toMatch(/\beval\(|new Function\b/)
  })
})

describe('the build stops with a sentence', () => {
  test.each(['"https://sdk.getcode.com/v1/elements"', '"https://cash.getcode.com/v1"'])(
    'when the element no longer contains %s',
    (literal) => {
      const changed = ELEMENT.replaceAll(literal, '"https://elsewhere.example"')
      expect(() => retarget(changed)).toThrow(
        `@code-wallet/elements no longer contains ${literal}, so its hosts cannot all be taken from the shop’s configuration.`,
      )
    },
  )

  test('when the element contains one more host of Code', () => {
    expect(() => retarget(`${ELEMENT}; fetch("wss://stream.getcode.com/v2")`)).toThrow(
      '@code-wallet/elements also contains wss://stream.getcode.com/v2',
    )
  })
})
