import { expect, test } from '@jest/globals'
import { daysSummedAt } from '../../bench/databases.ts'

test('the bench waits for yesterday’s sum from ten minutes after midnight on', () => {
  expect(daysSummedAt(Date.UTC(2026, 2, 1, 0, 9, 59, 999))).toBe(28)
  expect(daysSummedAt(Date.UTC(2026, 2, 1, 0, 10))).toBe(29)
  expect(daysSummedAt(Date.UTC(2026, 2, 1, 23, 59))).toBe(29)
})
