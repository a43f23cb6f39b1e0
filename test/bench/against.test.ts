import { describe, expect, test } from '@jest/globals'
import { type Comparison, compare, isMet } from '../../bench/against/comparison.ts'
import { medianWithInterval } from '../../bench/against/interval.ts'

describe('the 90 % interval of a median', () => {
  test('lies between the fourth and the fifth of fifteen rounds from either end', () => {
    const { median, low, high } = medianWithInterval([8, 1, 15, 2, 14, 3, 13, 4, 12, 5, 11, 6, 10, 7, 9])
    expect(median).toBe(8)
    expect(low).toBeCloseTo(4.906, 3)
    expect(high).toBeCloseTo(11.094, 3)
  })

  test('is the whole spread where there are too few rounds to be so sure', () => {
    expect(medianWithInterval([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1, high: 4 })
  })
})

describe('a row', () => {
  const row: Comparison = {
    row: 'webhook throughput',
    measured: '',
    must: ['≥', 1],
    rounds: 15,
    ratio: { median: 1, low: 0.98, high: 1.02 },
    cpuRatio: 1.05,
    figures: {},
  }
  const close = { median: 0.99, low: 0.97, high: 1.01 }

  test('is met when the median reaches the figure, whatever it costs', () => {
    expect(isMet(row)).toBe(true)
    expect(isMet({ ...row, must: ['≤', 1] })).toBe(true)
  })

  test('is met when the interval contains the figure and a request costs at most 2 % more', () => {
    expect(isMet({ ...row, ratio: close, cpuRatio: 1.02 })).toBe(true)
    expect(isMet({ ...row, ratio: close, cpuRatio: 1.03 })).toBe(false)
  })

  test('without requests is met when the interval contains the figure', () => {
    const memory: Comparison = { ...row, must: ['≤', 1], cpuRatio: undefined }
    expect(isMet({ ...memory, ratio: { median: 1.001, low: 0.99, high: 1.01 } })).toBe(true)
    expect(isMet({ ...memory, ratio: { median: 1.02, low: 1.01, high: 1.03 } })).toBe(false)
  })

  test('is missed when the whole interval is on the wrong side', () => {
    expect(isMet({ ...row, ratio: { median: 0.97, low: 0.95, high: 0.99 }, cpuRatio: 0.5 })).toBe(false)
  })

  test('is neither where nothing is required', () => {
    expect(isMet({ ...row, must: undefined })).toBeUndefined()
  })

  test('divides neighbours in time', () => {
    const sides = {
      new: [
        { perSecond: 100, cpuMs: 1 },
        { perSecond: 400, cpuMs: 2 },
      ],
      old: [
        { perSecond: 50, cpuMs: 1 },
        { perSecond: 200, cpuMs: 4 },
      ],
    }
    const { ratio, cpuRatio, figures } = compare(
      { row: '', measured: '', must: undefined },
      'perSecond',
      sides,
    )
    expect(ratio).toEqual({ median: 2, low: 2, high: 2 })
    expect(cpuRatio).toBe(0.75)
    expect(figures).toEqual({ new: { perSecond: 250, cpuMs: 1.5 }, old: { perSecond: 125, cpuMs: 2.5 } })
  })
})
