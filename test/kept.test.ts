import { expect, jest, test } from '@jest/globals'
import { kept } from '../server/kept.ts'

test('a value is made once, even if it is undefined, until its map is full', () => {
  const map = new Map<string, string | undefined>()
  const make = jest.fn(() => undefined)
  for (const key of ['one', 'one', 'two', 'two']) expect(kept(map, 2, key, make)).toBeUndefined()
  expect(make).toHaveBeenCalledTimes(2)
  expect(kept(map, 2, 'three', () => 'new')).toBe('new')
  expect([...map]).toEqual([['three', 'new']])
})
