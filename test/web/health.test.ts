import { expect, test } from '@jest/globals'
import { en } from '../../server/texts/index.ts'
import { aShop } from '../support/shop.ts'

// What is loaded stays loaded, so this test has a file of its own.
test('nothing is loaded for a language before somebody reads it, however often a program asks for the shop’s health', async () => {
  const shop = await aShop()
  for (const path of ['/healthz', '/readyz']) await shop.request().get(path).expect(200)
  expect(() => en.words(2)).toThrow('before loadPlurals')
  await shop.request().get('/').expect(200)
  expect(en.words(2)).toBe('2 words')
})
