import { expect, test } from '@jest/globals'
import { findShop } from '../../sandbox/frames/browser/find-shop.ts'

test.each([
  ['Firefox, under no-referrer', ['null'], undefined],
  ['a browser that doesn’t report it', undefined, undefined],
  ['a frame without a page around it', [], undefined],
  ['a page that is a file', ['file://'], undefined],
  ['a shop', ['https://shop.example'], 'https://shop.example'],
  ['a shop on this machine', ['http://127.0.0.1:3030'], 'http://127.0.0.1:3030'],
])('the wallet names the shop only if it has an origin on the web: %s', (_browser, ancestors, shop) => {
  expect(findShop(ancestors)).toBe(shop)
})
