import { PublicKey } from '@code-wallet/keys'
import { expect, jest, test } from '@jest/globals'
import { parseIntentId } from '../../server/code/index.ts'
import { ShopError } from '../../server/errors.ts'

test('an id that is far too long is refused at once: to decode it would hold up all other buyers for seconds', () => {
  const decode = jest.spyOn(PublicKey, 'fromBase58')
  for (const length of [65, 60_000]) expect(() => parseIntentId('x'.repeat(length))).toThrow(ShopError)
  expect(decode).not.toHaveBeenCalled()
  expect(() => parseIntentId('x'.repeat(64))).toThrow(ShopError)
  expect(decode).toHaveBeenCalledTimes(1)
})
