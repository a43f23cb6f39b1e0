import { describe, expect, test } from '@jest/globals'
import { dayAfter, dayOf, dayStartsAt, isDay, localDayOf, startOf, writeDay } from '../server/local-days.ts'

describe('a local day', () => {
  test.each([
    ['UTC', '2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-01', '2026-02-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'], // 23 hours long
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'], // after one of 25 hours
    ['America/Los_Angeles', '2026-01-01', '2026-01-01T08:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'], // clocks go from 0:00 to 1:00
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'], // clocks go from 1:00 to 0:00
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'], // clocks have gone from 0:00 to 23:00 of the day before
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'], // left out
  ])('in %s: %s begins at %s', (timeZone, day, startsAt) => {
    expect(new Date(dayStartsAt(day, timeZone)).toISOString()).toBe(startsAt)
  })

  test('is that of an instant in its zone', () => {
    const at = Date.UTC(2026, 0, 1, 2)
    expect(localDayOf(at, 'UTC')).toBe('2026-01-01')
    expect(localDayOf(at, 'America/New_York')).toBe('2025-12-31')
  })

  test.each([
    ['UTC', '2026-03-01'],
    ['Europe/Berlin', '2026-03-30'],
    ['Africa/Cairo', '2026-04-24'], // clocks skip midnight
    ['America/Sao_Paulo', '2018-02-18'], // clocks have gone from 0:00 to 23:00 of the day before
    ['America/Sao_Paulo', '2018-11-04'], // clocks skip midnight
    ['America/St_Johns', '2010-11-07'], // clocks go from 0:01 to 23:01 of the day before
    ['Pacific/Kiritimati', '2026-01-01'],
  ])('in %s: %s has begun with its first instant, for good', (timeZone, written) => {
    const day = Date.parse(written) / 86_400_000
    const start = startOf(day, timeZone)
    const hours = Array.from({ length: 80 }, (_, hour) => start + (hour - 40) * 3_600_000)
    expect(dayOf(start - 1, timeZone)).toBe(day - 1)
    expect(dayOf(start, timeZone)).toBe(day)
    for (const minutes of [1, 30, 61]) expect(dayOf(start + minutes * 60_000, timeZone)).toBe(day)
    const days = hours.map((at) => dayOf(at, timeZone))
    expect(days).toEqual(days.toSorted((a, b) => a - b))
    expect(hours.toReversed().map((at) => dayOf(at, timeZone))).toEqual(days.toReversed())
  })

  test('that a zone has left out is over when the next one begins', () => {
    const at = startOf(Date.parse('2011-12-31') / 86_400_000, 'Pacific/Apia')
    expect(writeDay(dayOf(at, 'Pacific/Apia'))).toBe('2011-12-31')
    expect(writeDay(dayOf(at - 1, 'Pacific/Apia'))).toBe('2011-12-29')
  })

  test('has a next one, also at the end of a month', () => {
    expect(dayAfter('2028-02-28')).toBe('2028-02-29')
    expect(dayAfter('2026-12-31')).toBe('2027-01-01')
  })

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '20260101',
    '',
    'today',
    '2026-01-01T00:00',
    '1969-12-31',
    '9999-12-31',
  ])('is not written %p', (text) => {
    expect(isDay(text)).toBe(false)
  })
})
