import { expect, test } from '@jest/globals'
import { drawRevenue } from '../../server/desk/overview/picture.ts'
import { localDays } from '../../server/summaries/index.ts'

/** Draws days with these revenues: what is below zero was sent back. */
function draw(revenues: readonly number[]) {
  const figures = revenues.map((hundredths) => ({
    sums: [
      {
        currency: 'usd',
        what: hundredths < 0 ? ('refund' as const) : ('webhook' as const),
        times: 1,
        hundredths: Math.abs(hundredths),
      },
    ],
    waits: new Map<number, number>(),
  }))
  const [picture] = drawRevenue(localDays(0, 'UTC', revenues.length), figures)
  if (!picture) throw new Error('There is no picture')
  return { ...picture, bars: picture.bars.map(({ y, height }) => [y, y + height]) }
}

test.each([
  [
    'a small refund beside a good day',
    [100_000, -100],
    99,
    [
      [0, 99],
      [99, 100],
    ],
  ],
  [
    'a small sale beside a large refund',
    [100, -100_000],
    1,
    [
      [0, 1],
      [1, 100],
    ],
  ],
  [
    'sales and refunds',
    [30_000, -10_000, 15_000, 0],
    75,
    [
      [0, 75],
      [75, 100],
      [37, 75],
    ],
  ],
  [
    'sales only',
    [100_000, 100],
    100,
    [
      [0, 100],
      [99, 100],
    ],
  ],
  [
    'refunds only',
    [-100_000, -100],
    0,
    [
      [0, 100],
      [0, 1],
    ],
  ],
  ['a day without either', [0], 0, []],
])('%s: every bar stands on the line, inside the picture', (_what, revenues, base, bars) => {
  const picture = draw(revenues)
  expect([picture.base, picture.height]).toEqual([base, 100])
  expect(picture.bars).toEqual(bars)
})
