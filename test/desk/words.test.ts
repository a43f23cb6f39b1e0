import { describe, expect, test } from '@jest/globals'
import { formatWait } from '../../server/desk/overview/figures.ts'
import { en } from '../../server/texts/index.ts'

const { order, overview } = en.desk

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000]

describe('how long something took, on the page of an order and on the overview', () => {
  test.each([
    [0, '0 ms', '0.0 s'],
    [400, '400 ms', '0.4 s'],
    [999, '999 ms', '1.0 s'],
    [9_949, '9.9 s', '9.9 s'],
    [9_960, '10.0 s', '10 s'],
    [59_449, '59.4 s', '59 s'],
    [59_960, '1 min 0 s', '1 min 0 s'],
    [83 * SECOND, '1 min 23 s', '1 min 23 s'],
    [119_600, '2 min 0 s', '2 min 0 s'],
    [3_599_600, '1 h 0 min', '1 h 0 min'],
    [7_199_000, '2 h 0 min', '2 h 0 min'],
    [25 * HOUR + 29_999, '25 h 0 min', '25 h 0 min'],
    [2 * DAY - 1, '2 days', '48 h 0 min'],
    [2 * DAY + 23 * HOUR, '2 days', '71 h 0 min'],
  ])('%i ms: %s, %s', (ms, onOrder, onOverview) => {
    expect([order.duration(ms), formatWait(ms)]).toEqual([onOrder, onOverview])
  })

  test('never has sixty of a unit that the next one counts', () => {
    const said = Array.from(
      { length: (3 * HOUR) / 49 },
      (_, at) => `${order.duration(at * 49)}, ${formatWait(at * 49)}`,
    )
    expect(said.filter((text) => /\b60(?:\.0)? (?:s|min)\b/.test(text))).toEqual([])
  })
})

test.each([
  [1, 0, '1 product file has an error. Until it is fixed, products stay as they were.'],
  [1, 1, '1 product file has an error. Until it is fixed, 1 product isn’t for sale.'],
  [3, 2, '3 errors are in the product files. Until they are fixed, 2 products aren’t for sale.'],
])(
  'errors in product files are counted, and products that aren’t for sale: %i, %i',
  (found, offSale, text) => {
    expect(overview.attention.faults(found, offSale).text).toBe(text)
  },
)
